/// Where a store lives: a folder, the database in it, and the folder of its keys.
package struct StoreFolder: Hashable, Sendable {
  /// Without a slash at its end.
  package let path: String

  package init(path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  package var database: String { path + "/popsec.db" }
  /// The keys may be elsewhere: this is where they are unless told otherwise.
  package var keys: String { path + "/keys" }
}
