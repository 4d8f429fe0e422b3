package import Access
package import Store
internal import GRDB
internal import SQLStore

extension SQLiteStore {
  /// Makes an empty store, with mode 0700 for the folder and 0600 for every file, and opens it. A store that
  /// is shared with a group has 2770 and 0660. The files that SQLite makes beside the database have the mode
  /// of the database and the group of the folder.
  ///
  /// The folder must be missing or empty. Everything is made in another folder and then moved to its place,
  /// so that half a store never exists. `furnish` makes the other contents of the folder, such as the keys.
  /// Where anything fails, the folder is as it was before.
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
