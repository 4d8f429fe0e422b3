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
    now: Timestamp, furnish: (StoreFolder) throws -> Void = { _ in },
    news: @escaping StoreNewsTaker = { _ in }
  ) throws -> SQLiteStore {
    let workshop = try Workshop(for: folder, news: news)
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
    return try open(folder, options: options, now: now, news: news)
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
