internal import Store
private import Glibc

extension SQLiteStore {
  static func checkFiles(_ folder: StoreFolder) throws {
    switch try Files.kind(of: folder.path) {
    case .missing: throw StoreError.missing(path: folder.path)
    case .folder: break
    case .file, .other: throw StoreError.foreign(path: folder.path)
    }
    guard try Files.kind(of: folder.database) == .file else {
      guard !folder.hasUnfinishedCopy else { throw StoreError.unfinishedCopy(path: folder.path) }
      throw StoreError.foreign(path: folder.path)
    }
    guard Files.isReadable(folder.database) else {
      throw StoreError.notAllowed(path: folder.database, action: "read")
    }
  }

  static func checkRights(_ folder: StoreFolder) throws {
    let database = folder.database
    let files = [database, database + "-wal", database + "-shm"]
    if let group = folder.sharingGroup { return try checkSharedRights(folder, files, group) }
    for path in [folder.path] + files {
      guard let rights = Files.rights(of: path) else { continue }
      guard rights.mode & 0o077 == 0 else {
        throw StoreError.looseRights(path: path, mode: String(rights.mode, radix: 8))
      }
      // An owner may change the rights at any time, so the owner must be trusted. Root may change any
      // file.
      guard rights.owner == geteuid() || rights.owner == 0 else {
        throw StoreError.otherOwner(path: path, owner: rights.owner)
      }
    }
  }

  /// Checks the rights of a store that is shared with a group: its folder has the set-group-ID bit, and
  /// nobody outside the group may enter it. The log belongs to whichever member of the group came first.
  private static func checkSharedRights(_ folder: StoreFolder, _ files: [String], _ group: gid_t) throws {
    for path in [folder.path] + files {
      guard let rights = Files.rights(of: path) else { continue }
      guard rights.mode & 0o007 == 0, rights.group == group || rights.mode & 0o070 == 0 else {
        throw StoreError.looseRights(path: path, mode: String(rights.mode, radix: 8))
      }
    }
  }
}
