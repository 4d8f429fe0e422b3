package import Access
internal import SQLStore
package import Store
private import Synchronization

/// Reads what gates recorded, if one ever ran. gate.db may appear, disappear, be damaged and be replaced
/// while it is read.
///
/// Errors: ``UseTrouble``.
package final class SQLiteUseRecords: UseReading {
  let folder: StoreFolder
  private let locks: GateLocks
  private let aside: Aside?
  private let opened = Mutex<SQLiteUseStore?>(nil)

  /// The right to set a damaged gate.db aside, with the function that is told of it.
  package struct Aside: Sendable {
    let now: @Sendable () -> Timestamp
    let tell: @Sendable (UseEvent) -> Void

    package init(now: @escaping @Sendable () -> Timestamp, tell: @escaping @Sendable (UseEvent) -> Void) {
      (self.now, self.tell) = (now, tell)
    }
  }

  /// - Parameter aside: nil where a damaged file stays in its place.
  package init(_ folder: StoreFolder, aside: Aside? = nil) {
    (self.folder, self.aside) = (folder, aside)
    locks = GateLocks(folder)
  }

  private func read<Result>(_ none: Result, _ body: (SQLiteUseStore) throws -> Result) throws -> Result {
    do {
      guard let store = try present() else { return none }
      return try body(store)
    } catch let error as StoreError {
      if setAside(error) { return none }
      throw UseTrouble(path: folder.useDatabase, reason: error.reasonOfUse, isLater: error.isOfLater)
    }
  }

  private func present() throws -> SQLiteUseStore? {
    let file = try Files.identity(of: folder.useDatabase)
    return try opened.withLock { opened in
      if let opened, opened.file == file { return opened }
      opened = nil
      // The file is made empty, and filled in one transaction.
      guard file != nil else { return nil }
      let store = try SQLiteUseStore(path: folder.useDatabase, locks)
      guard Files.size(of: folder.useDatabase) > 0, try store.isMade() else { return nil }
      opened = store
      return store
    }
  }

  /// Sets a damaged file aside. A running gate does that itself.
  private func setAside(_ error: StoreError) -> Bool {
    guard let aside, error.isDamage, locks.isAnyHeld() == false else { return false }
    opened.withLock { $0 = nil }
    let file = try? Files.identity(of: folder.useDatabase)
    guard let file, let name = try? SetAside(folder: folder, locks: locks).carryOut(file, now: aside.now())
    else { return false }
    aside.tell(.setAside(path: name, reason: error.reasonOfUse))
    return true
  }

  package func releaseMemory() { opened.withLock { $0 }?.releaseMemory() }

  package func uses(of tokens: [TokenRowID]) throws -> [TokenIDUse] {
    try read([]) { try $0.uses(of: tokens) }
  }

  package func isAnyUsed(_ secrets: [TokenSecretID]) throws -> Bool {
    try read(false) { try $0.isAnyUsed(secrets) }
  }

  package func uses(since time: Timestamp, after secret: TokenSecretID?, limit: Int) throws -> [TokenIDUse] {
    try read([]) { try $0.uses(since: time, after: secret, limit: limit) }
  }

  package func denial(_ id: DecisionID) throws -> StoredDenial? { try read(nil) { try $0.denial(id) } }

  package func denials(_ position: PagePosition<DenialCursor>, limit: Int) throws -> Page<StoredDenial> {
    try read(Page(rows: [], hasBefore: false, hasAfter: false)) { try $0.denials(position, limit: limit) }
  }

  package func denialCount() throws -> Int { try read(0) { try $0.denialCount() } }

  package func hourSums(since time: Timestamp) throws -> [TimedSum]? {
    try read([]) { try $0.hourSums(since: time) }
  }

  package func daySums(of token: TokenRowID, since time: Timestamp, days: Int) throws -> [TimedSum]? {
    try read([]) { try $0.daySums(of: token, since: time, days: days) }
  }

  package func usedNetworks(since time: Timestamp) throws -> [UsedNetwork] {
    try read([]) { try $0.usedNetworks(since: time) }
  }

  package func denialTimes(since time: Timestamp) throws -> [TokenRowID: [Timestamp]] {
    try read([:]) { try $0.denialTimes(since: time) }
  }

  package func decoyUses() throws -> [DecoyUse] { try read([]) { try $0.decoyUses() } }

  package func staleSpans() throws -> [StaleSpan] { try read([]) { try $0.staleSpans() } }

  /// The running gates. A running gate holds a lock, whatever happened to gate.db. A gate that has not yet
  /// told which keys it knows is an error.
  package func gates() throws -> [GatePresence]? {
    let told: [GatePresence]?
    do { told = try read([]) { try $0.gates() } } catch let trouble as UseTrouble {
      guard locks.isAnyHeld() == false else { throw trouble }
      return []
    }
    if told == [], locks.isAnyHeld() != false {
      throw UseTrouble(
        path: folder.useDatabase, reason: "a gate runs that has not told yet which keys it knows")
    }
    return told
  }

  package func keptHead() throws -> KeptHead? { try read(nil) { try $0.keptHead() } }

  /// The damages of gate.db, in words; empty where nothing is damaged, or where there is no gate.db.
  package func damages() throws -> [String] { try read([]) { try $0.damages() } }

  /// The names of damaged files that were set aside in the store's folder.
  package func setAside() throws -> [String] { try SetAside.all(in: folder) }

  /// Whether there is a gate.db.
  package func isThere() throws -> Bool { try read(false) { _ in true } }

  /// Copies one state of gate.db into a new file. The result is false where no gate ever wrote one.
  package func copy(to path: String) throws -> Bool {
    try read(false) { store in
      try store.copy(to: path)
      return true
    }
  }
}
