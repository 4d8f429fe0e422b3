import Access
import Administration
import SQLiteStore
import Store

/// Copies of a store, as the engine makes and takes them.
extension Engine {
  /// The latest version of a store that this program knows.
  static var knownVersion: Int { SQLiteStore.knownVersion }

  /// Copies one state of the database into a new file, while others write.
  static func copy(
    _ location: StoreLocation, to path: String, now: Timestamp, progress: (Int, Int) throws -> Void
  ) throws {
    let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
    let store = try SQLiteStore.open(StoreFolder(path: location.folder), options: options, now: now)
    try store.copy(to: path, progress: progress)
    try store.close()
  }

  /// Copies what gates wrote into a new file; false where none ever did.
  ///
  /// Errors: ``UseTrouble`` where they can't be read.
  static func copyUses(_ location: StoreLocation, to path: String) throws -> Bool {
    try useRecords(location).copy(to: path)
  }

  /// The version of a copied database, and of what store it is; what is newer is refused.
  static func identify(copy path: String) throws -> (version: Int, store: StoreID?) {
    try CopiedDatabase(path: path).identify()
  }

  /// What of a copied database is damaged, in words.
  static func damages(ofCopy path: String) throws -> [String] { try CopiedDatabase(path: path).damages() }

  static func read<Result>(copy path: String, _ body: (any StoreReader) throws -> Result) throws -> Result {
    try CopiedDatabase(path: path).readStore(body)
  }

  /// Makes a store of copies in a folder that is missing or empty; `fill` is told where to put them.
  static func adopt(
    _ location: StoreLocation, sharedWith group: UInt32?, now: Timestamp,
    fill: (_ database: String, _ uses: String) throws -> Void,
    furnish: (_ folder: String, any Store) throws -> Void
  ) throws {
    try SQLiteStore.adopt(
      at: StoreFolder(path: location.folder), sharedWith: group, now: now, news: StoreNewsBoard.take,
      fill: { try fill($0.database, $0.useDatabase) }, furnish: { try furnish($0.path, $1) })
  }

  /// Puts a copy in place of what a store holds, in one transaction; where that is kept is returned.
  static func replaceContents(
    _ location: StoreLocation, now: Timestamp, fill: (_ database: String) throws -> Void,
    furnish: (any Store) throws -> Void, check: (any StoreReader) throws -> Void,
    progress: (Int, Int) -> Void
  ) throws -> String {
    let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
    let store = try SQLiteStore.open(
      StoreFolder(path: location.folder), options: options, now: now, news: StoreNewsBoard.take)
    let kept = try store.replaceContents(
      now: now, fill: { try fill($0.database) }, furnish: furnish, check: check, progress: progress)
    try store.close()
    return kept
  }

  /// Removes what killed commands left of a store, and has it keep room for a full disk; what was removed, and
  /// whether that room is there.
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
