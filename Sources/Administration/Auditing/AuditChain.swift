package import Access
private import Crypto
private import Foundation

/// The chain of audit rows: each row's hash is over the hash before it and all of its own fields.
package enum AuditChain {
  package static let start = [UInt8](repeating: 0, count: 32)

  /// The number of the row that follows; nil where there is none: popsec never got so far, so that the log is
  /// damaged.
  static func number(after sequence: Int64?) -> Int64? {
    let (next, isBeyond) = (sequence ?? 0).addingReportingOverflow(1)
    return isBeyond ? nil : next
  }

  /// Nil where no number follows that row's.
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

  /// Whether a row follows the one with that number and hash, unaltered.
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
    // Rows from before users logged in have none of these, and keep the hashes that they have.
    let origin = [actor.user?.description, actor.keyFingerprint, actor.source]
    return origin.allSatisfy { $0 == nil } ? fields : fields + origin.map { $0 ?? "" }
  }

  /// Each field is preceded by its length in bytes, so that no two rows are hashed alike.
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
