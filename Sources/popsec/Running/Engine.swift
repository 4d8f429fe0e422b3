import Access
import SQLiteStore
import Store
import Foundation

/// The one place that knows which engine keeps a store.
enum Engine {
  static func isStore(_ folder: String) -> Bool {
    access(folder + "/popsec.db", F_OK) == 0
  }

  static func open(_ folder: String, allowsLooseRights: Bool) throws -> any Store {
    throw StoreError.missing(path: folder)
  }

  /// Makes the database in a folder that is there.
  static func create(_ folder: String) throws -> any Store {
    throw StoreError.missing(path: folder)
  }
}
