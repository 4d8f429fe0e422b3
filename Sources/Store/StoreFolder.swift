/// The place of a store: a folder, the database in it, and the folder of its keys.
package struct StoreFolder: Hashable, Sendable {
  /// The folder's path, without a slash at its end.
  package let path: String

  package init(path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  package var database: String { path + "/popsec.db" }
  /// The default folder of the keys. The keys may also be elsewhere.
  package var keys: String { path + "/keys" }
}
