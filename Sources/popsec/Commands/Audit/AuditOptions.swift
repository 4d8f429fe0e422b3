import Access
import Administration
import ArgumentParser
import Store

/// The options that choose rows of the audit log.
struct AuditOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A part of the name of who did it.", valueName: "name"))
  var who: String?

  @Option(
    help: ArgumentHelp("The beginning of what was done, such as token or token.copy.", valueName: "action"))
  var what: String?

  @Option(help: ArgumentHelp("A part of the name of what it was done to.", valueName: "name"))
  var target: String?

  @Option(
    help: ArgumentHelp("From that time on: 30d ago, a date, or 2026-11-24T12:00:00Z.", valueName: "when"))
  var since: String?

  @Option(help: ArgumentHelp("Before that time.", valueName: "when"))
  var until: String?

  func query(now: Timestamp) throws -> AuditQuery {
    AuditQuery(
      actor: who, action: what, target: target, from: try PastTime.time(since, now: now),
      until: try PastTime.time(until, now: now))
  }
}
