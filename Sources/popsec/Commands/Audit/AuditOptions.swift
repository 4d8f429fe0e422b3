import Access
import Administration
import ArgumentParser
import Store

/// The options that choose rows of the audit log.
struct AuditOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A part of the actor's name.", valueName: "name"))
  var who: String?

  @Option(
    help: ArgumentHelp("The beginning of the action, such as token or token.copy.", valueName: "action"))
  var what: String?

  @Option(help: ArgumentHelp("A part of the target's name.", valueName: "name"))
  var target: String?

  @Option(
    help: ArgumentHelp("Rows since this time: 30d ago, a date, or 2026-11-24T12:00:00Z.", valueName: "when"),
    completion: .names(.earlierTimes))
  var since: String?

  @Option(help: ArgumentHelp("Rows before this time.", valueName: "when"), completion: .names(.earlierTimes))
  var until: String?

  func query(now: Timestamp) throws -> AuditQuery {
    AuditQuery(
      actor: who, action: what, target: target, from: try PastTime.time(since, now: now),
      until: try PastTime.time(until, now: now))
  }
}
