package import Access
private import Crypto
private import Foundation

/// The chain of audit rows: the hash of each row covers the hash of the row before and all fields of the row
/// itself.
package enum AuditChain {
  package static let start = [UInt8](repeating: 0, count: 32)

  /// The number of the next row. Nil where no number is left: popsec never gets so far, so this log is
  /// damaged.
  static func number(after sequence: Int64?) -> Int64? {
    let (next, isBeyond) = (sequence ?? 0).addingReportingOverflow(1)
    return isBeyond ? nil : next
  }

  /// The row that follows `head`; nil where no number is left for it.
  static func next(
    after head: (sequence: Int64, hash: [UInt8])?, at: Timestamp, actor: Actor, action: String,
    target: AuditTarget,
    details: String
  ) -> AuditRecord? {
    guard let sequence = number(after: head?.sequence) else { return nil }
    let previous = head?.hash ?? start
    let hash = hash(
      previous: previous,
      fields: fields(
        sequence: sequence, at: at, actor: actor, action: action, target: target, details: details))
    return AuditRecord(
      sequence: sequence, at: at, actor: actor, action: action, target: target, details: details,
      previousHash: previous, hash: hash)
  }

  /// Whether a row is unaltered, and follows the row with this number and hash.
  package static func holds(_ record: AuditRecord, after head: (sequence: Int64, hash: [UInt8])?) -> Bool {
    record
      == next(
        after: head, at: record.at, actor: record.actor, action: record.action, target: record.target,
        details: record.details)
  }

  private static func fields(
    sequence: Int64, at: Timestamp, actor: Actor, action: String, target: AuditTarget, details: String
  ) -> [String] {
    let fields = [
      String(sequence), at.description, actor.name, actor.frontEnd.rawValue, action, target.kind.rawValue,
      target.id,
      target.name, details,
    ]
    // Rows from before users logged in have none of these fields, and must keep their hashes.
    let origin = [actor.user?.description, actor.keyFingerprint, actor.source]
    return origin.allSatisfy { $0 == nil } ? fields : fields + origin.map { $0 ?? "" }
  }

  /// Hashes the fields. The length of each field in bytes stands before it, so that no two different rows are
  /// hashed alike.
  private static func hash(previous: [UInt8], fields: [String]) -> [UInt8] {
    var digest = SHA256()
    digest.update(data: Data(previous))
    for field in fields {
      withUnsafeBytes(of: UInt64(field.utf8.count).bigEndian) { digest.update(bufferPointer: $0) }
      digest.update(data: Data(field.utf8))
    }
    return Array(digest.finalize())
  }
}
