import Access
import Administration
import ArgumentParser
import Store

/// Which rows are meant.
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

/// A row of the audit log, as JSON. The keys are what scripts rely on.
struct AuditRowRecord: Encodable {
  let sequence: Int64
  let time: String
  let user: String
  let userId: Nullable<String>
  let keyFingerprint: Nullable<String>
  let source: Nullable<String>
  let frontEnd: String
  let action: String
  let targetKind: String
  let targetId: String
  let targetName: String
  let changes: [String: AuditFieldRecord]
  let previousHash: String
  let hash: String

  struct AuditFieldRecord: Encodable {
    let before: Nullable<String>
    let after: Nullable<String>
  }

  init(_ record: AuditRecord) {
    sequence = record.sequence
    time = record.at.description
    user = record.actor.name
    userId = Nullable(record.actor.user?.description)
    keyFingerprint = Nullable(record.actor.keyFingerprint)
    source = Nullable(record.actor.source)
    frontEnd = record.actor.frontEnd.rawValue
    action = record.action
    targetKind = record.target.kind.rawValue
    targetId = record.target.id
    targetName = record.target.name
    changes = Dictionary(
      record.fields.map {
        ($0.name, AuditFieldRecord(before: Nullable($0.before), after: Nullable($0.after)))
      },
      uniquingKeysWith: { first, _ in first })
    previousHash = hex(record.previousHash)
    hash = hex(record.hash)
  }
}
