package import Access
package import Store
internal import GRDB
internal import SQLStore

extension SQLiteStore {
  /// Copies one state of the database into a new file, which only its owner may read. The copy is on disk
  /// when the function returns. Others may read and write meanwhile: the copy is of the state at its
  /// beginning, so that it need not begin anew when somebody writes (sqlite.org/backup.html). `progress` is
  /// told the number of pages that are done, and of all pages. Where `progress` throws, no file is left.
  package func copy(to path: String, progress: (Int, Int) throws -> Void = { _, _ in }) throws {
    try mapped {
      try checkInPlace()
      try Self.copy(connections, to: path, progress: progress)
    }
  }

  static func copy(
    _ connections: Connections, to path: String, progress: (Int, Int) throws -> Void
  ) throws {
    try Files.makeFile(path)
    do {
      let copy = try DatabaseQueue(path: path, configuration: SQLiteProcess.configuration())
      try copy.inDatabase { copied in
        // An unfinished copy is worthless, and the finished file is synced as a whole, so no journal is
        // needed.
        try copied.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        try connections.read { database in
          // The transaction begins with its first read.
          _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM migration")
          try withoutActuallyEscaping(progress) { progress in
            try database.backup(to: copied, pagesPerStep: pagesPerStep) { state in
              try progress(state.totalPageCount - state.remainingPageCount, state.totalPageCount)
            }
          }
        }
      }
      try copy.close()
      for suffix in ["-wal", "-shm"] { Files.remove(path + suffix) }
      try Files.sync(file: path)
    } catch {
      for suffix in ["", "-wal", "-shm", "-journal"] { Files.remove(path + suffix) }
      throw error
    }
  }

  /// The greatest number of pages that are copied in one step.
  package static var mostPagesInOneStep: Int { 1_024 }

  private static var pagesPerStep: CInt { CInt(mostPagesInOneStep) }

  /// Copies the committed state beside the store, under a name that contains the time. A copy is complete or
  /// does not exist.
  @discardableResult
  func keepCopy(
    _ what: String, _ now: Timestamp, progress: (Int, Int) throws -> Void = { _, _ in }
  ) throws -> String {
    let time = now.description.filter { $0 != "-" && $0 != ":" }
    var path = "\(folder.database).\(what)-\(time)"
    while try Files.kind(of: path) != .missing { path += "a" }
    // This caller has the write lock, so nobody else is making a copy.
    for left in Leftovers(of: folder).removeCopies() { news(.leftoverRemoved(path: left)) }
    let unfinished = path + ".part"
    try Self.copy(connections, to: unfinished, progress: progress)
    try Files.rename(unfinished, to: path)
    try Files.sync(folder: folder.path)
    return path
  }
}

/// A file that is, or begins with, a copy of a store's database. The file is only read, and nobody may write
/// it.
package struct CopiedDatabase {
  private let path: String

  package init(path: String) { self.path = path }

  /// The version of the schema, and the store's id where the database has one.
  ///
  /// Errors: ``StoreError/foreign(path:)``, ``StoreError/newer(path:version:known:)``.
  package func identify() throws -> (version: Int, store: StoreID?) {
    try read { database in
      let version = try SQLiteStore.checkedVersion(
        database, StoreFolder(path: path), known: Migration.all.version)
      return (version, try SQLiteStore.storeID(database))
    }
  }

  /// The damages, in words; empty where nothing is damaged. The indexes are compared with their tables as
  /// well.
  package func damages() throws -> [String] {
    try read { database in
      let broken = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
      let loose = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
      return broken + (loose == 0 ? [] : ["\(loose) rows name rows that are not there"])
    }
  }

  /// Reads a database of the present version.
  package func readStore<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try read { try body(SQLTransaction(on: SQLiteConnection($0, path: path), path: path).reader) }
  }

  private func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    do {
      var configuration = SQLiteProcess.configuration()
      configuration.readonly = true
      let address = "file:" + SQLiteStore.escaped(path) + "?immutable=1"
      let queue = try DatabaseQueue(path: address, configuration: configuration)
      let result = try queue.read(body)
      try queue.close()
      return result
    } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }
}
