package import Access

/// What the gate writes: the use of tokens, and denials. It is a database of its own, so that the gate
/// needs no right to change what it enforces.
///
/// Errors: ``StoreError``. Where there is no such database nothing was used and nothing denied.
package protocol UseReading: Sendable {
  /// What became known of all Token IDs of these tokens.
  func uses(of tokens: [TokenRowID]) throws -> [TokenIDUse]
  /// Whether one of these Token IDs was ever used.
  func isAnyUsed(_ secrets: [TokenSecretID]) throws -> Bool
  /// Those last used at that time or later, the earliest first; `after` continues.
  func uses(since time: Timestamp, after secret: TokenSecretID?, limit: Int) throws -> [TokenIDUse]
  func denial(_ id: DecisionID) throws -> StoredDenial?
  /// The latest first; `limit` is at most ``maximumPageRows``.
  func denials(_ position: PagePosition<DenialCursor>, limit: Int) throws -> Page<StoredDenial>
  func denialCount() throws -> Int
  /// The gates that were heard of since; nil where a gate of an earlier popsec wrote it, which does not tell.
  func gates(since: Timestamp) throws -> [GatePresence]?
}

package protocol UseWriting: UseReading {
  /// Adds what was gathered, and drops the denials that are not to be kept: one transaction.
  func add(_ uses: [TokenIDUse], _ denials: [NewDenial], keeping: DenialRetention, now: Timestamp) throws
  /// Says that a gate is there, and forgets those that weren't heard of.
  func put(_ presence: GatePresence, forgettingBefore: Timestamp) throws
  func remove(_ presence: Identifier<GatePresence>) throws
}

/// How long, and how many, denials are kept.
package struct DenialRetention: Hashable, Sendable {
  package let days: Int64
  package let count: Int

  package static let standard = DenialRetention(days: 30, count: 10_000)

  package init(days: Int64, count: Int) {
    self.days = days
    self.count = count
  }
}

/// A denial as it is to be kept. The document tells the whole of it, without a secret.
package struct NewDenial: Hashable, Sendable {
  package let id: DecisionID
  package let at: Timestamp
  package let document: String

  package init(id: DecisionID, at: Timestamp, document: String) {
    self.id = id
    self.at = at
    self.document = document
  }
}

/// A row's place in the order of denials: they are numbered as they come.
package struct DenialCursor: Hashable, Sendable {
  package let number: Int64

  package init(number: Int64) { self.number = number }
}

package struct StoredDenial: Hashable, Sendable {
  package let id: DecisionID
  package let at: Timestamp
  package let document: String
  package let cursor: DenialCursor

  package init(id: DecisionID, at: Timestamp, document: String, cursor: DenialCursor) {
    self.id = id
    self.at = at
    self.document = document
    self.cursor = cursor
  }
}

/// Where no gate ever ran.
package struct NoUses: UseReading {
  package init() {}
  package func uses(of tokens: [TokenRowID]) -> [TokenIDUse] { [] }
  package func isAnyUsed(_ secrets: [TokenSecretID]) -> Bool { false }
  package func uses(since time: Timestamp, after secret: TokenSecretID?, limit: Int) -> [TokenIDUse] { [] }
  package func denial(_ id: DecisionID) -> StoredDenial? { nil }
  package func denials(_ position: PagePosition<DenialCursor>, limit: Int) -> Page<StoredDenial> {
    Page(rows: [], hasBefore: false, hasAfter: false)
  }
  package func denialCount() -> Int { 0 }
  package func gates(since: Timestamp) -> [GatePresence]? { [] }
}
