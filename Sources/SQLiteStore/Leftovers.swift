internal import Store
private import Glibc

/// What a killed command left of a store: the folders in which `init` and `restore` make a store before they
/// move it to its place, and unfinished copies.
///
/// A command that makes such a folder holds a lock on it, which ends with the process. A folder that can be
/// locked is therefore abandoned.
struct Leftovers {
  private let target: StoreFolder

  init(of target: StoreFolder) { self.target = target }

  /// Removes the folders in which surely nobody is at work, and returns their paths.
  func removeFolders() -> [String] {
    folders().filter { path in
      guard let lock = (try? Files.lock(folder: path)) ?? nil else { return false }
      defer { Files.unlock(lock) }
      Files.removeFolder(path)
      return true
    }
  }

  /// Removes unfinished copies. Only a caller with the store's write lock may call this, because copies are
  /// made under that lock only.
  func removeCopies() -> [String] {
    let prefix = "popsec.db."
    let names = ((try? Files.names(in: target.path)) ?? [])
      .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".part") }
    return names.map { target.path + "/" + $0 }.filter { path in
      for suffix in ["-wal", "-shm", "-journal"] { Files.remove(path + suffix) }
      return unlink(path) == 0
    }
  }

  /// The folders beside the place of the store, and those in it where it was an empty folder.
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

  /// Whether the path is a folder of this account. A symbolic link is not, because it could lead to anybody's
  /// folder.
  private static func isOwnFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
  }
}

extension SQLiteStore {
  /// Removes what killed commands left of this store, reports it, and returns the paths. Nothing that a
  /// running command uses is touched. Where others are writing the store, the copies are left to the next
  /// time.
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
      // Somebody who is writing may be making a copy.
    }
    for path in removed { news(.leftoverRemoved(path: path)) }
    return removed
  }

  /// Removes drafts of stores. Only a caller with the lock of the store's folder may call this, because
  /// drafts are made under that lock only.
  func removeDrafts() throws -> [String] {
    let paths = try Files.names(in: folder.path).filter { $0.hasPrefix(Self.draftPrefix) }
      .map { folder.path + "/" + $0 }
    for path in paths { Files.removeFolder(path) }
    return paths
  }

  static var draftPrefix: String { ".restoring-" }
}
