package import Access

/// What the gate writes: the use of tokens, and denials. They have a database of their own, so that the gate
/// needs no right to change the data that it enforces.
///
/// Errors: ``UseTrouble`` for code that only reads, otherwise ``StoreError``. Where the database does not
/// exist, nothing was used and nothing denied.
package protocol UseReading: Sendable {
  /// The recorded uses of all Token IDs of these tokens.
  func uses(of tokens: [TokenRowID]) throws -> [TokenIDUse]
  /// Whether one of these Token IDs was ever used.
  func isAnyUsed(_ secrets: [TokenSecretID]) throws -> Bool
  /// The Token IDs that were last used at this time or later, the earliest first; `after` continues the list.
  func uses(since time: Timestamp, after secret: TokenSecretID?, limit: Int) throws -> [TokenIDUse]
  func denial(_ id: DecisionID) throws -> StoredDenial?
  /// The denials, the latest first; `limit` is at most ``maximumPageRows``.
  func denials(_ position: PagePosition<DenialCursor>, limit: Int) throws -> Page<StoredDenial>
  func denialCount() throws -> Int
  /// The networks from which tokens were first used at that time or later, the earliest first. Of each token only the
  /// first ``UsedNetwork/maximumCount`` are known. None in what a gate of an earlier popsec wrote.
  func usedNetworks(since time: Timestamp) throws -> [UsedNetwork]
  /// When requests with each known token were denied, in order, as far as the denials are kept.
  func denialTimes(since time: Timestamp) throws -> [TokenRowID: [Timestamp]]
  /// What gates decided hour by hour, the earliest first, from the hour of that time on; hours without a decision are
  /// left out. Nil where a gate of an earlier popsec wrote the database, because it did not count.
  func hourSums(since time: Timestamp) throws -> [TimedSum]?
  /// What gates decided with a token on so many days, at most 366, from the day of that time on, as ``hourSums(since:)``.
  func daySums(of token: TokenRowID, since time: Timestamp, days: Int) throws -> [TimedSum]?
  /// The decoys that were presented, the earliest first. None in what a gate of an earlier popsec wrote.
  func decoyUses() throws -> [DecoyUse]
  /// What gates answered by what they knew, while their database was out of reach, the earliest first. None in what a gate
  /// of an earlier popsec wrote.
  func staleSpans() throws -> [StaleSpan]
  /// The gates that are running; nil where a gate of an earlier popsec wrote the database, because it does
  /// not tell.
  func gates() throws -> [GatePresence]?
  /// The store head that a gate saw last; nil where none was kept.
  func keptHead() throws -> KeptHead?
  /// Gives memory back, as ``Store/releaseMemory()``.
  func releaseMemory()
}

extension UseReading {
  /// For a database that keeps no pages in this process.
  package func releaseMemory() {}
}

package protocol UseWriting: UseReading {
  /// Adds what was gathered, and drops the denials and sums that are no longer kept, in one transaction.
  func add(
    _ uses: [TokenIDUse], _ denials: [NewDenial], _ sums: DecisionSums, keeping: DenialRetention,
    now: Timestamp
  ) throws
  /// Adds presentations of decoys to those that are known, within bounds.
  func add(_ decoys: [DecoyUse]) throws
  /// Adds a span to those that are known, within bounds. A span that is added again is still one.
  func add(_ span: StaleSpan) throws
  /// Records that a gate is running for as long as this process lives, and forgets gates that have ended.
  func put(_ presence: GatePresence) throws
  func remove(_ presence: Identifier<GatePresence>) throws
  /// Tells the other gates how often this one let tokens through, forgets gates that have ended, and returns what the
  /// others told.
  func exchange(_ report: RateReport, forgetting: [Identifier<GatePresence>]) throws -> [RateReport]
  func forgetRates(of gates: [Identifier<GatePresence>]) throws
  /// Keeps a head of the store, if it is later than the kept one.
  func keep(_ head: StoreHead, at: Timestamp) throws
  /// Keeps a head of the store instead of the kept one, whichever is later. Its time is later than that of the kept one.
  func settle(_ head: StoreHead, at: Timestamp) throws
  /// The file that is written; it is created where it is missing. A new file does not know what was written
  /// to an earlier one.
  func place() throws -> UsePlace
}

/// A file that a gate writes, distinguished from the files that it wrote before. An inode number would not
/// do, because the system uses it again.
package struct UsePlace: Hashable, Sendable {
  /// The number of files that were opened before.
  private let number: Int

  package init(number: Int) { self.number = number }
}

/// The records of the gates can't be read. Work that does not need them goes on.
package struct UseTrouble: Complaint, Hashable {
  /// The path of gate.db.
  package let path: String
  package let reason: String
  /// Whether the file is whole, and a later popsec's.
  package let isLater: Bool

  package init(path: String, reason: String, isLater: Bool = false) {
    self.path = path
    self.reason = reason
    self.isLater = isLater
  }

  package var message: String { "what gates recorded is not known: \(reason)" }
  package var hint: String? {
    isLater
      ? "tokens work meanwhile; go on with the later popsec, and restart gates with it"
      : "tokens work meanwhile; a gate that starts sets a damaged \(path) aside and makes another"
  }
  package var exitStatus: ExitStatus { .unavailable }
}

/// How long denials are kept, and how many.
package struct DenialRetention: Hashable, Sendable {
  package let days: Int64
  package let count: Int

  package static let standard = DenialRetention(days: 30, count: 10_000)

  package init(days: Int64, count: Int) {
    self.days = days
    self.count = count
  }
}

/// A denial that is to be kept. The document holds the whole of it, without a secret.
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

/// The place of a row in the order of denials, which are numbered as they arrive.
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

/// The uses where no gate ever ran.
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
  package func hourSums(since time: Timestamp) -> [TimedSum]? { [] }
  package func daySums(of token: TokenRowID, since time: Timestamp, days: Int) -> [TimedSum]? { [] }
  package func decoyUses() -> [DecoyUse] { [] }
  package func staleSpans() -> [StaleSpan] { [] }
  package func gates() -> [GatePresence]? { [] }
  package func keptHead() -> KeptHead? { nil }
}
