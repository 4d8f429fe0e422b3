package import Access
internal import Sealing
private import Store

/// The result of reading the whole audit log.
package struct AuditVerification: Sendable {
  /// A finding about something that popsec never writes.
  package enum Finding: Hashable, Sendable {
    /// A row was altered, or is not the one that the next row follows.
    case altered(Int64)
    /// Rows between these two numbers are missing.
    case missing(after: Int64, before: Int64)
    /// The first row does not follow from the checkpoint.
    case checkpoint(Int64)
    /// The rows up to a checkpoint are gone, but nothing shows that popsec archived them: the checkpoint's
    /// signature is that of a head.
    case cutBefore(Int64)
    /// A signature is bad, or made by another key.
    case badSignature(Int64)
    /// The row with the number of a head is not the one that was signed.
    case headDiffers(Int64)
    /// The row with the number of a head is missing: the log was cut, or the store was put back to an earlier
    /// state.
    case headBeyond(Int64)
    /// The log has no row, although popsec writes the first one when it makes a store, and archiving leaves
    /// the last.
    case empty
    /// The store trusts a gate's key that this row retired, which can't happen, because retiring is final.
    case gateKeyRevived(Int64)

    package var text: String {
      switch self {
      case .altered(let row): "row \(row) was altered, or rows before it were exchanged"
      case .missing(let last, let next): "rows are missing between \(last) and \(next)"
      case .checkpoint(let row): "the log does not begin behind its checkpoint, row \(row)"
      case .cutBefore(let row):
        "the rows up to \(row) are gone, and nothing signed says that popsec archived them"
      case .badSignature(let row): "the signature of the head at row \(row) is bad, or by another key"
      case .headDiffers(let row): "row \(row) is another than the one that was signed or sent"
      case .headBeyond(let row):
        "row \(row) was signed or sent, and is not there: the log was cut, or the store is an earlier one"
      case .empty: "there is no row at all: somebody removed them, since a store always has one"
      case .gateKeyRevived(let row):
        "row \(row) retired a gate's key that the store believes again: somebody wrote the store by other means"
      }
    }
  }

  package var findings: [Finding] = []
  package var rowCount = 0
  package var first: Int64?
  package var last: AuditHead?
  package var signedHeadCount = 0
  /// The last row that is covered by a good signature of the store.
  package var signedUpTo: Int64?
  package var checkpoint: AuditHead?
  package var times = AuditTimes()
  /// The action of the first row; nil where rows were archived, or there is none.
  package var firstAction: String?
  /// The number of heads from elsewhere that were compared; nil where none was given.
  package var comparedHeadCount: Int?
  /// The number of given heads that name another key, and so belong to other stores.
  package var otherHeadCount = 0
  /// The last head that the store keeps, if it could not be sent to the system's log.
  package var unsentHead: Int64?

  package var isWhole: Bool { findings.isEmpty }
}

/// A head as it stands in a line of the system's log.
package struct SentAuditHead: Hashable, Sendable {
  package let head: AuditHead
  /// The signature; nil where the sender can't sign.
  package let signature: AuditSignature?
  /// The key of the audit log; nil where the line does not tell it.
  package let key: String?

  /// Reads the head in a line, whatever stands before it; fails where there is none.
  package init?(line: some StringProtocol) {
    let words = line.split(whereSeparator: \.isWhitespace)
    let starts = words.indices.dropLast(5).filter {
      words[$0] == "popsec" && words[$0 + 1] == "audit" && words[$0 + 2] == "head"
    }
    guard let start = starts.last, let sequence = Int64(words[start + 3]), sequence > 0,
      let hash = bytes(hex: words[start + 4]), hash.count == 32, let at = Timestamp(String(words[start + 5]))
    else { return nil }
    head = AuditHead(sequence: sequence, hash: hash, at: at)
    let rest = words[(start + 6)...]
    if rest.first == "signed", rest.count >= 3, let signature = bytes(hex: rest[start + 8]) {
      self.signature = AuditSignature(key: String(rest[start + 7]), bytes: signature)
    } else {
      signature = nil
    }
    key = rest.count >= 2 ? String(rest[start + 7]) : nil
  }
}

/// Verifies the rows in order, a page at a time.
struct AuditVerifying {
  private(set) var result = AuditVerification()
  private var previous: (sequence: Int64, hash: [UInt8])?
  /// The heads that have not been reached yet, by their numbers.
  private var expected: [Int64: Set<[UInt8]>] = [:]
  private var signed: Set<Int64> = []
  /// The keys of gates that are not retired, as the store has them now.
  private let gateKeys: [GateKey]

  init(
    checkpoint: SignedAuditHead?, heads: [SignedAuditHead], sent: [SentAuditHead]?, gateKeys: [GateKey],
    verifier: AuditVerifier?
  ) {
    self.gateKeys = gateKeys.filter { $0.retiredAt == nil }
    func isGood(_ signature: AuditSignature, _ head: AuditHead) -> Bool {
      verifier?.isGood(signature, of: head, as: .head) ?? true
    }
    if let checkpoint {
      result.checkpoint = checkpoint.head
      result.times = AuditTimes(behind: checkpoint.head)
      previous = (checkpoint.head.sequence, checkpoint.head.hash)
      if verifier?.isGood(checkpoint.signature, of: checkpoint.head, as: .checkpoint) == false {
        // A row can prove no more than its signature, because anybody who writes the store can write a row.
        let row = checkpoint.head.sequence
        result.findings.append(
          isGood(checkpoint.signature, checkpoint.head) ? .cutBefore(row) : .badSignature(row))
      }
    }
    for head in heads {
      guard isGood(head.signature, head.head) else {
        result.findings.append(.badSignature(head.head.sequence))
        continue
      }
      result.signedHeadCount += 1
      if verifier != nil { signed.insert(head.head.sequence) }
      expect(head.head)
    }
    result.unsentHead = heads.last.flatMap { $0.isAnnounced ? nil : $0.head.sequence }
    let own = sent?.filter { $0.key == nil || verifier == nil || $0.key == verifier?.id }
    result.comparedHeadCount = own?.count
    result.otherHeadCount = (sent?.count ?? 0) - (own?.count ?? 0)
    for head in own ?? [] {
      if let signature = head.signature, !isGood(signature, head.head) {
        result.findings.append(.badSignature(head.head.sequence))
      } else if head.head.sequence >= (checkpoint?.head.sequence ?? 0) {
        expect(head.head)
      }
    }
    // The checkpoint's own row was archived, so it is compared here.
    if let head = result.checkpoint { meet(head.sequence, head.hash) }
  }

  private mutating func expect(_ head: AuditHead) { expected[head.sequence, default: []].insert(head.hash) }

  /// Begins to check whether each of the next rows is unaltered, and follows the row before. This takes about as long as
  /// reading as many rows.
  func beginChecking(_ records: [AuditRecord]) -> Meanwhile<[Bool]> {
    let head = previous
    return Meanwhile {
      records.indices.map { index in
        let before = index == 0 ? head : (records[index - 1].sequence, records[index - 1].hash)
        return AuditChain.holds(records[index], after: before)
      }
    }
  }

  /// - Parameter holds: whether the row is unaltered, and follows the row before.
  mutating func add(_ record: AuditRecord, holds: Bool) {
    if record.sequence != AuditChain.number(after: previous?.sequence) {
      result.findings.append(
        result.rowCount == 0 && result.checkpoint != nil
          ? .checkpoint(previous?.sequence ?? 0)
          : .missing(after: previous?.sequence ?? 0, before: record.sequence))
    } else if !holds {
      result.findings.append(.altered(record.sequence))
    }
    meet(record.sequence, record.hash)
    if record.action == AuditRecord.retiringGateKey,
      gateKeys.contains(where: { record.details.contains($0.id.rawValue) })
    {
      result.findings.append(.gateKeyRevived(record.sequence))
    }
    result.rowCount += 1
    if result.first == nil {
      result.first = record.sequence
      if result.checkpoint == nil { result.firstAction = record.action }
    }
    let head = AuditHead(sequence: record.sequence, hash: record.hash, at: record.at)
    result.last = head
    result.times.add(head)
    previous = (record.sequence, record.hash)
  }

  private mutating func meet(_ sequence: Int64, _ hash: [UInt8]) {
    guard let hashes = expected.removeValue(forKey: sequence) else { return }
    if hashes != [hash] {
      result.findings.append(.headDiffers(sequence))
    } else if signed.contains(sequence) {
      result.signedUpTo = max(result.signedUpTo ?? 0, sequence)
    }
  }

  mutating func finish() -> AuditVerification {
    for sequence in expected.keys.sorted() { result.findings.append(.headBeyond(sequence)) }
    if result.rowCount == 0 { result.findings.append(.empty) }
    return result
  }
}
