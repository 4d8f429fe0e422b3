package import Access
package import Store
private import Synchronization

/// Reads what a gate wrote, if one ever did: gate.db may come, go and be replaced while it is read.
package final class SQLiteUseRecords: UseReading {
  private let folder: StoreFolder
  private let opened = Mutex<(file: Files.Identity, store: SQLiteUseStore)?>(nil)

  package init(_ folder: StoreFolder) { self.folder = folder }

  private func read<Result>(_ none: Result, _ body: (SQLiteUseStore) throws -> Result) throws -> Result {
    guard let store = try present() else { return none }
    return try body(store)
  }

  private func present() throws -> SQLiteUseStore? {
    let file = try Files.identity(of: folder.useDatabase)
    return try opened.withLock { opened in
      guard let file else {
        opened = nil
        return nil
      }
      if let opened, opened.file == file { return opened.store }
      // It is made empty, and filled in one transaction.
      guard Files.size(of: folder.useDatabase) > 0 else { return nil }
      let store = SQLiteUseStore(path: folder.useDatabase)
      try store.checkReadable()
      opened = (file, store)
      return store
    }
  }

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

  package func gates(since time: Timestamp) throws -> [GatePresence]? {
    try read([]) { try $0.gates(since: time) }
  }

  /// Copies one state of gate.db into a new file; false where no gate ever wrote one.
  package func copy(to path: String) throws -> Bool {
    try read(false) { store in
      try store.copy(to: path)
      return true
    }
  }
}
