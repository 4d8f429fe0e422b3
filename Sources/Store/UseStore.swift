package import Access

/// What the gate writes: the use of tokens, and denials. It is a database of its own, so that the gate
/// needs no right to change what it enforces.
///
/// Errors: ``UseTrouble`` to whoever only reads, else ``StoreError``. Where there is no such database nothing was
/// used and nothing denied.
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
  /// The networks from which tokens were first used at that time or later, the earliest first. Of each token only the
  /// first ``UsedNetwork/maximumCount`` are known. None in what a gate of an earlier popsec wrote.
  func usedNetworks(since time: Timestamp) throws -> [UsedNetwork]
  /// When requests with each known token were denied, in order, as far as the denials are kept.
  func denialTimes(since time: Timestamp) throws -> [TokenRowID: [Timestamp]]
  /// The gates that run; nil where a gate of an earlier popsec wrote it, which does not tell.
  func gates() throws -> [GatePresence]?
  /// The head of the store that a gate saw last; nil where none was kept.
  func keptHead() throws -> KeptHead?
}

package protocol UseWriting: UseReading {
  /// Adds what was gathered, and drops the denials that are not to be kept: one transaction.
  func add(_ uses: [TokenIDUse], _ denials: [NewDenial], keeping: DenialRetention, now: Timestamp) throws
  /// Says that a gate is there, for as long as this process lives, and forgets those that are not.
  func put(_ presence: GatePresence) throws
  func remove(_ presence: Identifier<GatePresence>) throws
  /// Keeps a head of the store, where it is later than the one that is kept.
  func keep(_ head: StoreHead, at: Timestamp) throws
  /// Keeps a head of the store in place of whichever is kept.
  func settle(_ head: StoreHead, at: Timestamp) throws
  /// Which file is written; another one knows nothing of what was told the one before. It is made where it is
  /// missing.
  func place() throws -> UsePlace
}

/// A file that a gate writes, told from those that it wrote before. An inode can't tell: it is used again.
package struct UsePlace: Hashable, Sendable {
  /// How many were opened before.
  private let number: Int

  package init(number: Int) { self.number = number }
}

/// What gates recorded can't be read. That is no reason not to do what does not need it.
package struct UseTrouble: Complaint, Hashable {
  /// Of gate.db.
  package let path: String
  package let reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  package var message: String { "what gates recorded is not known: \(reason)" }
  package var hint: String? {
    "tokens work meanwhile; a gate that starts sets a damaged \(path) aside and makes another"
  }
  package var exitStatus: ExitStatus { .unavailable }
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
  package func usedNetworks(since time: Timestamp) -> [UsedNetwork] { [] }
  package func denialTimes(since time: Timestamp) -> [TokenRowID: [Timestamp]] { [:] }
  package func gates() -> [GatePresence]? { [] }
  package func keptHead() -> KeptHead? { nil }
}
