import Access
import SQLiteStore
import Store

/// The one place that knows which engine keeps a store.
enum Engine {
  static func open(_ location: StoreLocation, now: Timestamp) throws -> any Store {
    let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
    return try SQLiteStore.open(StoreFolder(path: location.folder), options: options, now: now)
  }

  /// Makes a store in a folder that is missing or empty; `furnish` is given the folder in which it
  /// is being made, and adds what else belongs there. Whatever fails, the folder is as it was.
  static func create(
    _ location: StoreLocation, now: Timestamp, furnish: (_ folder: String) throws -> Void
  ) throws -> any Store {
    let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
    return try SQLiteStore.create(
      at: StoreFolder(path: location.folder), options: options, now: now, furnish: { try furnish($0.path) })
  }
}
