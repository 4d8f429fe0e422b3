package import Access
private import Crypto

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
    let record = AuditRecord(
      sequence: sequence, at: at, actor: actor, action: action, target: target, details: details,
      previousHash: head?.hash ?? start, hash: [])
    return AuditRecord(
      sequence: sequence, at: at, actor: actor, action: action, target: target, details: details,
      previousHash: record.previousHash, hash: hash(of: record))
  }

  /// Whether a row is unaltered, and follows the row with this number and hash.
  package static func holds(_ record: AuditRecord, after head: (sequence: Int64, hash: [UInt8])?) -> Bool {
    record.sequence == number(after: head?.sequence) && record.previousHash == head?.hash ?? start
      && record.hash == hash(of: record)
  }

  /// Hashes the hash of the row before and all fields. The length of each field in bytes stands before it, so that no two
  /// different rows are hashed alike.
  private static func hash(of record: AuditRecord) -> [UInt8] {
    // One array, because the hash of many small pieces takes longer.
    var bytes = record.previousHash
    bytes.reserveCapacity(bytes.count + record.details.utf8.count + 320)
    for field in [
      String(record.sequence), record.at.description, record.actor.name, record.actor.frontEnd.rawValue,
      record.action, record.target.kind.rawValue, record.target.id, record.target.name, record.details,
    ] {
      add(field, to: &bytes)
    }
    let actor = record.actor
    // Rows from before users logged in have none of these fields, and must keep their hashes.
    if actor.user != nil || actor.keyFingerprint != nil || actor.source != nil {
      for field in [actor.user?.description, actor.keyFingerprint, actor.source] {
        add(field ?? "", to: &bytes)
      }
    }
    var digest = SHA256()
    bytes.withUnsafeBytes { digest.update(bufferPointer: $0) }
    return digest.finalize().withUnsafeBytes { Array($0) }
  }

  private static func add(_ field: String, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt64(field.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: field.utf8)
  }
}
