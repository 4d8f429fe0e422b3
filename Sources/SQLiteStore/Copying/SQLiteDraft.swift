package import Access
internal import GRDB
package import SQLStore
package import Store
private import Glibc

/// A copy that is being made in a folder. Its databases have names of their own there, by which no program takes the folder
/// for a store, until they get their final ones.
package final class SQLiteDraft: CopyDraft {
  private let folder: StoreFolder
  private let now: Timestamp
  private let lock: Int32
  private let isNewFolder: Bool
  private var queues: [CopyPart: DatabaseQueue] = [:]

  package var place: String { folder.path }
  package private(set) var isWhole = false

  /// The folder is missing or empty, or has an unfinished copy of this account's. Nobody else can work on the copy as long
  /// as this is there.
  ///
  /// Errors: ``StoreError``.
  package init(at folder: StoreFolder, allowLooseRights: Bool = false, now: Timestamp) throws {
    (self.folder, self.now) = (folder, now)
    let kind = try Files.kind(of: folder.path)
    guard kind == .missing || kind == .folder else { throw StoreError.foreign(path: folder.path) }
    isNewFolder = kind == .missing
    if isNewFolder { try Files.makeFolder(folder.path) }
    guard let lock = try Files.lock(folder: folder.path) else {
      throw StoreError.busy(path: folder.path, writer: "another copy")
    }
    self.lock = lock
    try checkPlace()
    if !allowLooseRights { try SQLiteStore.checkRights(folder) }
    isWhole = try hasFile(.store) && applicationID() == SQLiteStore.applicationID
  }

  deinit {
    // A folder that was made for nothing goes. Any other is not empty.
    if isNewFolder { rmdir(folder.path) }
    Files.unlock(lock)
  }

  private func checkPlace() throws {
    let names = try Files.names(in: folder.path)
    guard !names.contains("popsec.db") else { throw StoreError.exists(path: folder.path) }
    let isBegun = folder.hasUnfinishedCopy
    // The records of gates get their name before the store does.
    let isOurs = { (name: String) in
      isBegun && (name.hasPrefix("popsec.db.copying") || name.hasPrefix("gate.db"))
    }
    guard names.allSatisfy(isOurs) else { throw StoreError.foreign(path: folder.path) }
    if let owner = Files.rights(of: folder.copying(.store))?.owner, owner != geteuid() {
      throw StoreError.otherOwner(path: folder.copying(.store), owner: owner)
    }
  }

  package func isMade(_ part: CopyPart) throws -> Bool {
    guard try hasFile(part) else { return false }
    return try read(part) { try !$0.columns(of: "migration").isEmpty }
  }

  package func make(_ part: CopyPart, _ body: (any SQLFilling) throws -> Void) throws {
    try mapped(part) {
      if try !hasFile(part) { try Files.makeFile(folder.copying(part)) }
      try queue(part).write { database in
        try part.kind.steps.apply(to: database, from: 0, at: now)
        try body(SQLiteFilling(database, path: folder.path))
      }
    }
  }

  package func write<Result>(
    _ part: CopyPart, _ body: (any SQLFilling) throws -> Result
  ) throws -> Result {
    try mapped(part) { try queue(part).write { try body(SQLiteFilling($0, path: folder.path)) } }
  }

  package func read<Result>(_ part: CopyPart, _ body: (any SQLLoading) throws -> Result) throws -> Result {
    try mapped(part) { try queue(part).read { try body(SQLiteFilling($0, path: folder.path)) } }
  }

  package func remove(_ part: CopyPart) throws {
    try mapped(part) { try queues.removeValue(forKey: part)?.close() }
    for suffix in ["-journal", "-wal", "-shm", ""] { Files.remove(folder.copying(part) + suffix) }
    if part == .store { isWhole = false }
    // A whole copy may have been interrupted between its two names.
    if part == .uses { Files.remove(folder.useDatabase) }
  }

  /// The queries of a store in a folder name the indexes that they need.
  package func learn() {}

  /// The files get their marks as databases of popsec, and then their names, the store last: a folder with a store's
  /// database is a store.
  package func publish() throws {
    for part in [CopyPart.uses, .store] where try hasFile(part) {
      try mapped(part) { try finish(part) }
      try Files.sync(file: folder.copying(part))
    }
    for part in [CopyPart.uses, .store] where try hasFile(part) {
      try Files.rename(folder.copying(part), to: folder.final(part))
    }
    try Files.sync(folder: folder.path)
  }

  private func finish(_ part: CopyPart) throws {
    let queue = try queue(part)
    try queue.write { database in
      for table in ["copy_mark", "copy_set_aside"] {
        try database.execute(sql: "DROP TABLE IF EXISTS \(table)")
      }
      try database.execute(sql: "PRAGMA application_id = \(part.kind.applicationID)")
    }
    try queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    try queue.close()
    queues[part] = nil
    for suffix in ["-wal", "-shm"] { Files.remove(folder.copying(part) + suffix) }
  }

  private func hasFile(_ part: CopyPart) throws -> Bool {
    try Files.kind(of: folder.copying(part)) != .missing
  }

  private func applicationID() throws -> Int32? {
    try mapped(.store) { try queue(.store).read { try Int32.fetchOne($0, sql: "PRAGMA application_id") } }
  }

  /// The connection to the database of a part. Its journal has what rows replace, which are few, so that nearly every page
  /// is written only once; a process that is killed leaves it to the next one, which takes the last transaction back.
  private func queue(_ part: CopyPart) throws -> DatabaseQueue {
    if let queue = queues[part] { return queue }
    let path = folder.copying(part)
    let address = path.hasPrefix("file:") ? "./" + path : path
    let queue = try DatabaseQueue(path: address, configuration: SQLiteFilling.configuration)
    try queue.inDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL")
    }
    queues[part] = queue
    return queue
  }

  private func mapped<Result>(_ part: CopyPart, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      throw StoreError(error, path: folder.copying(part))
    }
  }
}

extension StoreFolder {
  /// The file of a copy that has not ended.
  func copying(_ part: CopyPart) -> String { final(part) + ".copying" }

  fileprivate func final(_ part: CopyPart) -> String { part == .store ? database : useDatabase }

  /// Whether a copy into this folder has not ended.
  var hasUnfinishedCopy: Bool { Files.rights(of: copying(.store)) != nil }
}

extension CopyPart {
  fileprivate var kind: SQLiteStore.DatabaseKind { self == .store ? .store : .uses }
}
