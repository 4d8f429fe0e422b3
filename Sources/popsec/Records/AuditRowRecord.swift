import Access
import Administration

/// A row of the audit log.
struct AuditRowRecord: Record {
  let row: AuditRecord

  struct AuditFieldRecord: PrintedObject {
    let before: String?
    let after: String?

    static let columns: [Column<Self>] = [
      .data("before") { $0.before },
      .data("after") { $0.after },
    ]
  }

  static let columns: [Column<Self>] = [
    Column("sequence", "Row") { $0.row.sequence },
    Column("time", "Time (UTC)", { $0.row.at.printed }) { $0.row.at.minute },
    Column("user", "User") { $0.row.actor.name },
    .data("userId") { $0.row.actor.user?.description },
    .data("keyFingerprint") { $0.row.actor.keyFingerprint },
    .shown("From") { $0.row.origin },
    .data("source") { $0.row.actor.source },
    .data("frontEnd") { Word($0.row.actor.frontEnd) },
    Column("action", "Action") { $0.row.action },
    .shown("Target") { $0.row.target.title },
    .data("targetKind") { $0.row.target.kind.rawValue },
    .data("targetId") { $0.row.target.id },
    .data("targetName") { $0.row.target.name },
    .data("changes") { changes($0.row) },
    .data("previousHash") { hex($0.row.previousHash) },
    .data("hash") { hex($0.row.hash) },
  ]

  /// The texts before and after the change, by the names of the fields.
  static func changes(_ row: AuditRecord) -> [String: AuditFieldRecord] {
    Dictionary(
      row.fields.map {
        ($0.name, AuditFieldRecord(before: $0.before, after: $0.after))
      },
      uniquingKeysWith: { first, _ in first })
  }
}
