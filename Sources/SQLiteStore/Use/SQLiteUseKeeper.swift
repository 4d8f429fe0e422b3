package import Access
internal import SQLStore
package import Store
private import Synchronization

/// What happens to gate.db without anybody's command.
package enum UseEvent: Hashable, Sendable {
  /// The file was damaged, and has another name now.
  case setAside(path: String, reason: String)
  /// The file was missing, and has been made.
  case made(path: String)
}

/// Writes what a gate records. gate.db may be damaged, removed or replaced at any time: a damaged file is set
/// aside, and a missing file is made anew. Records that could not be read or written are reported as an error
/// once, and not for ever.
package final class SQLiteUseKeeper: UseWriting {
  private let folder: StoreFolder
  private let locks: GateLocks
  private let now: @Sendable () -> Timestamp
  private let tell: @Sendable (UseEvent) -> Void
  private let opened = Mutex(Opened())

  private struct Opened {
    var store: SQLiteUseStore?
    /// The number of files that were opened before.
    var number = -1
  }

  /// - Parameter tell: receives events on the thread that finds them, and must not call the keeper.
  package init(
    _ folder: StoreFolder, now: @escaping @Sendable () -> Timestamp,
    tell: @escaping @Sendable (UseEvent) -> Void
  ) {
    (self.folder, self.now, self.tell) = (folder, now, tell)
    locks = GateLocks(folder)
  }

  private func using<Result>(_ body: (SQLiteUseStore) throws -> Result) throws -> Result {
    let store = try present().store
    do { return try body(store) } catch let error as StoreError where error.isDamage {
      try opened.withLock { opened in
        if opened.store?.file == store.file { opened.store = nil }
        try setAside(store.file, error)
      }
      return try body(try present().store)
    }
  }

  private func present() throws -> (store: SQLiteUseStore, number: Int) {
    try opened.withLock { opened in
      let file = try Files.identity(of: folder.useDatabase)
      if let held = opened.store, held.file == file { return (held, opened.number) }
      opened.store = nil
      let store = try openedAnew(file)
      if file == nil { tell(.made(path: folder.useDatabase)) }
      opened = Opened(store: store, number: opened.number + 1)
      return (store, opened.number)
    }
  }

  private func openedAnew(_ file: Files.Identity?) throws -> SQLiteUseStore {
    do { return try SQLiteUseStore.open(folder, locks, now: now()) } catch let error as StoreError {
      guard let file, error.isDamage else { throw error }
      try setAside(file, error)
      return try SQLiteUseStore.open(folder, locks, now: now())
    }
  }

  private func setAside(_ file: Files.Identity, _ error: StoreError) throws {
    let name = try SetAside(folder: folder, locks: locks).carryOut(file, now: now())
    if let name { tell(.setAside(path: name, reason: error.reasonOfUse)) }
  }

  // MARK: What is asked and told

  package func uses(of tokens: [TokenRowID]) throws -> [TokenIDUse] { try using { try $0.uses(of: tokens) } }

  package func isAnyUsed(_ secrets: [TokenSecretID]) throws -> Bool {
    try using { try $0.isAnyUsed(secrets) }
  }

  package func uses(since time: Timestamp, after secret: TokenSecretID?, limit: Int) throws -> [TokenIDUse] {
    try using { try $0.uses(since: time, after: secret, limit: limit) }
  }

  package func denial(_ id: DecisionID) throws -> StoredDenial? { try using { try $0.denial(id) } }

  package func denials(_ position: PagePosition<DenialCursor>, limit: Int) throws -> Page<StoredDenial> {
    try using { try $0.denials(position, limit: limit) }
  }

  package func denialCount() throws -> Int { try using { try $0.denialCount() } }

  package func hourSums(since time: Timestamp) throws -> [TimedSum]? {
    try using { try $0.hourSums(since: time) }
  }

  package func daySums(of token: TokenRowID, since time: Timestamp, days: Int) throws -> [TimedSum]? {
    try using { try $0.daySums(of: token, since: time, days: days) }
  }

  package func usedNetworks(since time: Timestamp) throws -> [UsedNetwork] {
    try using { try $0.usedNetworks(since: time) }
  }

  package func denialTimes(since time: Timestamp) throws -> [TokenRowID: [Timestamp]] {
    try using { try $0.denialTimes(since: time) }
  }

  package func decoyUses() throws -> [DecoyUse] { try using { try $0.decoyUses() } }
  package func add(_ decoys: [DecoyUse]) throws { try using { try $0.add(decoys) } }

  package func staleSpans() throws -> [StaleSpan] { try using { try $0.staleSpans() } }
  package func add(_ span: StaleSpan) throws { try using { try $0.add(span) } }

  package func gates() throws -> [GatePresence]? { try using { try $0.gates() } }
  package func keptHead() throws -> KeptHead? { try using { try $0.keptHead() } }

  package func add(
    _ uses: [TokenIDUse], _ denials: [NewDenial], _ sums: DecisionSums, keeping retention: DenialRetention,
    now: Timestamp
  ) throws {
    try using { try $0.add(uses, denials, sums, keeping: retention, now: now) }
  }

  package func put(_ presence: GatePresence) throws { try using { try $0.put(presence) } }
  package func remove(_ presence: Identifier<GatePresence>) throws { try using { try $0.remove(presence) } }

  package func exchange(
    _ report: RateReport, forgetting ended: [Identifier<GatePresence>]
  ) throws -> [RateReport] {
    try using { try $0.exchange(report, forgetting: ended) }
  }

  package func forgetRates(of gates: [Identifier<GatePresence>]) throws {
    try using { try $0.forgetRates(of: gates) }
  }

  package func keep(_ head: StoreHead, at time: Timestamp) throws {
    try using { try $0.keep(head, at: time) }
  }

  package func settle(_ head: StoreHead, at time: Timestamp) throws {
    try using { try $0.settle(head, at: time) }
  }

  package func place() throws -> UsePlace { UsePlace(number: try present().number) }
}
