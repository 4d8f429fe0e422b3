internal import Store
private import Glibc

/// What a command that was killed had made of a store, and nobody goes on with: the folders in which `init` and
/// `restore` make a store before it comes to its place, and copies that were not finished.
///
/// Whoever makes such a folder holds a lock on it, which goes with the process: what can be locked is nobody's.
struct Leftovers {
  private let target: StoreFolder

  init(of target: StoreFolder) { self.target = target }

  /// Removes those folders that surely nobody is at work in, and returns their paths.
  func removeFolders() -> [String] {
    folders().filter { path in
      guard let lock = (try? Files.lock(folder: path)) ?? nil else { return false }
      defer { Files.unlock(lock) }
      Files.removeFolder(path)
      return true
    }
  }

  /// Removes unfinished copies; only for whoever has the store's write lock, under which alone they are made.
  func removeCopies() -> [String] {
    let prefix = "popsec.db."
    let names = ((try? Files.names(in: target.path)) ?? [])
      .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".part") }
    return names.map { target.path + "/" + $0 }.filter { path in
      for suffix in ["-wal", "-shm", "-journal"] { Files.remove(path + suffix) }
      return unlink(path) == 0
    }
  }

  /// Those beside the place of the store, and those in it where that was an empty folder.
  private func folders() -> [String] {
    let slash = target.path.lastIndex(of: "/")
    let parent = slash.map { String(target.path[..<$0]) } ?? "."
    let name = slash.map { String(target.path[target.path.index(after: $0)...]) } ?? target.path
    return folders(in: parent, beginningWith: name + "." + Workshop.mark)
      + folders(in: target.path, beginningWith: "." + Workshop.mark)
  }

  private func folders(in parent: String, beginningWith prefix: String) -> [String] {
    ((try? Files.names(in: parent)) ?? []).filter { name in
      let rest = name.dropFirst(prefix.count)
      return name.hasPrefix(prefix) && (1...7).contains(rest.count)
        && rest.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        && Self.isOwnFolder(parent + "/" + name)
    }.map { parent + "/" + $0 }
  }

  /// A symbolic link could lead to anybody's.
  private static func isOwnFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
  }
}

extension SQLiteStore {
  /// Removes what commands that were killed had left of this store, and tells it; the paths are returned. Nothing of
  /// those that are at work is touched. A store that others write is left to the next time.
  @discardableResult
  package func removeLeftovers() throws -> [String] {
    guard !isReadOnly else { return [] }
    var removed = Leftovers(of: folder).removeFolders()
    if let lock = try Files.lock(folder: folder.path) {
      defer { Files.unlock(lock) }
      removed += try removeDrafts()
    }
    do {
      try mapped {
        try connections.write(atOnce: true) { _ in removed += Leftovers(of: folder).removeCopies() }
      }
    } catch StoreError.busy {
      // Somebody may be making one.
    }
    for path in removed { news(.leftoverRemoved(path: path)) }
    return removed
  }

  /// For whoever has the lock of the store's folder, under which alone drafts are made.
  func removeDrafts() throws -> [String] {
    let paths = try Files.names(in: folder.path).filter { $0.hasPrefix(Self.draftPrefix) }
      .map { folder.path + "/" + $0 }
    for path in paths { Files.removeFolder(path) }
    return paths
  }

  static var draftPrefix: String { ".restoring-" }
}
