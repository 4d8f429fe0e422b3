package import Access
package import Store
internal import GRDB

extension SQLiteStore {
  /// Makes an empty store, the folder 0700 and every file 0600, and opens it. One that is shared with a
  /// group has 2770 and 0660; what SQLite makes beside the database has its mode and the folder's group.
  ///
  /// The folder must be missing or empty. All is made aside and then moved to its place, so
  /// that there never is half a store; `furnish` makes there what else belongs into the folder,
  /// such as its keys. Whatever fails, the folder is as it was.
  package static func create(
    at folder: StoreFolder, sharedWith group: UInt32? = nil, options: OpenOptions = OpenOptions(),
    now: Timestamp, furnish: (StoreFolder) throws -> Void = { _ in }
  ) throws -> SQLiteStore {
    let workshop = try Workshop(for: folder)
    do {
      if let group { try Files.share(workshop.folder.path, with: group, mode: 0o2770) }
      try build(at: workshop.folder, now: now)
      if let group { try Files.share(workshop.folder.database, with: group, mode: 0o660) }
      try furnish(workshop.folder)
      if let group, workshop.isInside { try Files.share(folder.path, with: group, mode: 0o2770) }
      try workshop.moveIn()
    } catch {
      workshop.remove()
      throw (error as? StoreError)?.told(of: folder) ?? error
    }
    return try open(folder, options: options, now: now)
  }

  private static func build(at folder: StoreFolder, now: Timestamp) throws {
    try Files.makeFile(folder.database)
    do {
      let path = connectionPath(folder)
      let connections = Connections(
        readerPath: path, writerPath: path, configuration(OpenOptions()), cacheMegabytes: 32)
      try connections.writer().inDatabase { database in
        try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA application_id = \(applicationID)")
      }
      try connections.write { try Migration.all.apply(to: $0, from: 0, at: now) }
      try connections.close()
    } catch let error as DatabaseError { throw StoreError(error, path: folder.database) }
  }
}

/// Where a store is made before it is moved to its place.
private struct Workshop {
  let folder: StoreFolder
  let target: StoreFolder
  /// Whether the target exists, empty, and is moved into; else the whole workshop becomes it.
  let isInside: Bool

  init(for target: StoreFolder) throws {
    self.target = target
    let name = "making-" + String(UInt32.random(in: .min ... .max), radix: 36)
    switch try Files.kind(of: target.path) {
    case .missing:
      isInside = false
      folder = StoreFolder(path: target.path + "." + name)
    case .folder:
      guard try Files.names(in: target.path).isEmpty else { throw Self.occupied(target) }
      isInside = true
      folder = StoreFolder(path: target.path + "/." + name)
    case .file, .other: throw StoreError.exists(path: target.path)
    }
    do { try Files.makeFolder(folder.path) } catch let error as StoreError { throw error.told(of: target) }
  }

  /// The database goes last: a folder is a store as soon as it is there.
  func moveIn() throws {
    try Files.sync(folder: folder.path)
    guard isInside else {
      try Files.rename(folder.path, to: target.path)
      return try Files.sync(folder: StoreFolder(path: target.path + "/..").path)
    }
    let names = try Files.names(in: folder.path).filter { folder.path + "/" + $0 != folder.database }
    for name in names + ["popsec.db"] {
      try Files.rename(folder.path + "/" + name, to: target.path + "/" + name)
    }
    remove()
    try Files.sync(folder: target.path)
  }

  func remove() { Files.removeFolder(folder.path) }

  private static func occupied(_ folder: StoreFolder) -> StoreError {
    let isStore = Files.rights(of: folder.database) != nil
    return isStore ? .exists(path: folder.path) : .foreign(path: folder.path)
  }
}

extension StoreError {
  /// The same of the store that was to be made: nobody knows the place where it is made aside.
  fileprivate func told(of folder: StoreFolder) -> StoreError {
    switch self {
    case .readOnly: .readOnly(path: folder.path)
    case .diskFull: .diskFull(path: folder.path)
    case .exists: .exists(path: folder.path)
    case .notAllowed(_, let action): .notAllowed(path: folder.path, action: action)
    case .inputOutput(_, let detail): .inputOutput(path: folder.path, detail: detail)
    default: self
    }
  }
}
