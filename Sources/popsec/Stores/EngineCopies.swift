import Access
import Administration
import PostgresStore
import SQLStore
import SQLiteStore
import Sealing
import Store

/// Copies of a store, as the engine makes and reads them.
extension Engine {
  /// The greatest number of pages that are copied in one step.
  static var mostPagesInOneStep: Int { SQLiteStore.mostPagesInOneStep }

  /// The latest version of a store that this program knows.
  static var knownVersion: Int { SQLiteStore.knownVersion }

  /// Copies one state of the database into a new file, while others write.
  static func copy(
    _ location: StoreLocation, to path: String, now: Timestamp, progress: (Int, Int) throws -> Void
  ) throws {
    switch location.place {
    case .folder(let folder):
      let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
      let store = try SQLiteStore.open(StoreFolder(path: folder), options: options, now: now)
      try store.copy(to: path, progress: progress)
      try store.close()
    case .database(let address):
      try PostgresStore.open(address, readOnly: true).contents { source in
        try makeDatabase(at: path, .store, StoreContents.ofStore, from: source, now: now, progress: progress)
      }
    }
  }

  /// Writes SQLite's file with what another engine's store holds.
  private static func makeDatabase(
    at path: String, _ kind: SQLiteStore.DatabaseKind, _ tables: [StoreContents.Table],
    from source: any SQLLoading,
    now: Timestamp, progress: (Int, Int) throws -> Void
  ) throws {
    let total = try StoreContents.count(tables, in: source)
    try SQLiteStore.makeDatabase(at: path, kind, now: now) { target in
      try StoreContents.load(tables, from: source, into: target) { try progress($0, total) }
    }
  }

  /// Copies the records of gates into a new file; false where no gate ever wrote any.
  ///
  /// Errors: ``UseTrouble`` where they can't be read.
  static func copyUses(_ location: StoreLocation, to path: String) throws -> Bool {
    switch location.place {
    case .folder(let folder): return try SQLiteUseRecords(StoreFolder(path: folder)).copy(to: path)
    case .database(let address):
      try PostgresStore.uses(address) { source in
        try makeDatabase(
          at: path, .uses, StoreContents.ofUses(in: source), from: source, now: Surroundings.system.now(),
          progress: { _, _ in })
      }
      return true
    }
  }

  /// The version of a copied database, and the id of its store. A newer version is refused.
  static func identify(copy path: String) throws -> (version: Int, store: StoreID?) {
    try CopiedDatabase(path: path).identify()
  }

  /// The damages of a copied database, in words.
  static func damages(ofCopy path: String) throws -> [String] { try CopiedDatabase(path: path).damages() }

  static func read<Result>(copy path: String, _ body: (any StoreReader) throws -> Result) throws -> Result {
    try CopiedDatabase(path: path).readStore(body)
  }

  /// Makes a store of copies in a folder that is missing or empty, or in a database that has none; `fill` is told where
  /// to put them.
  static func adopt(
    _ location: StoreLocation, sharedWith group: UInt32?, now: Timestamp,
    fill: (_ database: String, _ uses: String) throws -> Void,
    furnish: (_ folder: String, any Store) throws -> Void
  ) throws {
    switch location.place {
    case .folder(let folder):
      try SQLiteStore.adopt(
        at: StoreFolder(path: folder), sharedWith: group, now: now, news: StoreNewsBoard.take,
        fill: { try fill($0.database, $0.useDatabase) }, furnish: { try furnish($0.path, $1) })
    case .database(let address):
      try PostgresStore.requireNone(address)
      let draft = try ThrowAwayFolder(for: "restore")
      defer { draft.remove() }
      let place = StoreFolder(path: draft.path + "/store")
      // The copy is brought up to date as a store in a folder, and then handed over.
      try SQLiteStore.adopt(
        at: place, now: now, fill: { try fill($0.database, $0.useDatabase) },
        furnish: { try furnish(location.keys.path, $1) })
      try copy(
        from: .folder(place.path), to: .database(address), isOneTransaction: true, CopyWatch(), now: now)
    }
  }

  /// Replaces what a store holds by a copy, in one transaction. Returns the path at which the former state is
  /// kept.
  static func replaceContents(
    _ location: StoreLocation, now: Timestamp, fill: (_ database: String) throws -> Void,
    furnish: (any Store) throws -> Void, check: (any StoreReader) throws -> Void,
    progress: (Int, Int) throws -> Void
  ) throws -> String {
    let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
    let store = try SQLiteStore.open(
      StoreFolder(path: location.folder), options: options, now: now, news: StoreNewsBoard.take)
    let kept = try store.replaceContents(
      now: now, fill: { try fill($0.database) }, furnish: furnish, check: check, progress: progress)
    try store.close()
    return kept
  }

  /// Removes what killed commands left of a store, and makes its reserve for a full disk. Returns what was
  /// removed, and whether there is a reserve.
  static func tend(_ location: StoreLocation, now: Timestamp) throws -> (removed: [String], hasReserve: Bool)
  {
    let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
    let store = try SQLiteStore.open(StoreFolder(path: location.folder), options: options, now: now)
    let removed = try store.removeLeftovers()
    let hasReserve = store.keepReserve()
    try store.close()
    return (removed, hasReserve)
  }
}
