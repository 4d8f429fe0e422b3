package import Access
package import Store
internal import GRDB
internal import SQLStore

extension SQLiteStore {
  /// Makes a store of a copied database, in a folder that is missing or empty. `fill` puts the copy and the
  /// other contents into the folder in which the store is made. `furnish` receives the store after the
  /// upgrade. A rename moves everything to its place at the end. Where anything fails, the place is as it was
  /// before.
  package static func adopt(
    at folder: StoreFolder, sharedWith group: UInt32? = nil, now: Timestamp,
    news: StoreNewsTaker = { _ in },
    fill: (StoreFolder) throws -> Void, furnish: (StoreFolder, SQLiteStore) throws -> Void
  ) throws {
    let workshop = try Workshop(for: folder, replacingEmpty: true, news: news)
    do {
      if let group { try Files.share(workshop.folder.path, with: group, mode: 0o2770) }
      let store = try draft(in: workshop.folder, now: now, fill: fill)
      try furnish(workshop.folder, store)
      try store.finish()
      let databases = [workshop.folder.database, workshop.folder.useDatabase].filter {
        Files.size(of: $0) > 0
      }
      for path in databases {
        if let group { try Files.share(path, with: group, mode: 0o660) }
        try Files.sync(file: path)
      }
      if let group, workshop.isInside { try Files.share(folder.path, with: group, mode: 0o2770) }
      try workshop.moveIn()
    } catch {
      workshop.remove()
      throw (error as? StoreError)?.told(of: folder) ?? error
    }
  }

  /// Replaces everything that this store holds by the contents of a copied database, in one transaction of
  /// SQLite's. Every process that has the store open sees the old state, then the new one. `check` sees the
  /// state that is replaced, and may refuse. That state is then kept in a new file beside the store, whose
  /// path is returned. Where `progress` throws, nothing is replaced, and no copy stays.
  package func replaceContents(
    now: Timestamp, fill: (StoreFolder) throws -> Void, furnish: (SQLiteStore) throws -> Void,
    check: (any StoreReader) throws -> Void, progress: (Int, Int) throws -> Void = { _, _ in }
  ) throws -> String {
    guard !isReadOnly else { throw StoreError.readOnly(path: folder.path) }
    guard let lock = try Files.lock(folder: folder.path) else {
      throw StoreError.busy(path: folder.path, writer: "another restore")
    }
    defer { Files.unlock(lock) }
    for path in try removeDrafts() + Leftovers(of: folder).removeFolders() {
      news(.leftoverRemoved(path: path))
    }
    let draftFolder = StoreFolder(
      path: folder.path + "/" + Self.draftPrefix + String(UInt32.random(in: .min ... .max), radix: 36))
    try Files.makeFolder(draftFolder.path)
    defer { Files.removeFolder(draftFolder.path) }
    let draft = try Self.draft(in: draftFolder, now: now, fill: fill)
    try furnish(draft)
    return try withoutActuallyEscaping(check) { check in
      try withoutActuallyEscaping(progress) { progress in
        try mapped { try take(over: draft, now: now, check: check, progress: progress) }
      }
    }
  }

  /// Makes a store of a copied database, and upgrades it.
  private static func draft(
    in folder: StoreFolder, now: Timestamp, fill: (StoreFolder) throws -> Void
  ) throws -> SQLiteStore {
    try Files.makeFile(folder.database)
    try fill(folder)
    let options = OpenOptions(
      allowLooseRights: true, upgrades: true, backsUp: false, keepsReserve: false)
    return try open(folder, options: options, now: now)
  }

  /// Moves everything into the database file itself, and closes the store.
  private func finish() throws {
    try mapped {
      try connections.writer().inDatabase { _ = try $0.checkpoint(.truncate) }
      try connections.close()
    }
    for suffix in ["-wal", "-shm", "-queue"] { Files.remove(folder.database + suffix) }
  }

  /// Takes the contents of a copied database. SQLite locks the target with the first step and commits with
  /// the last, and until then readers see the former state (sqlite.org/c3ref/backup_finish.html). The first
  /// step must not be the last.
  private func take(
    over draft: SQLiteStore, now: Timestamp, check: @escaping (any StoreReader) throws -> Void,
    progress: @escaping (Int, Int) throws -> Void
  ) throws -> String {
    var kept: String?
    var isReplaced = false
    // The copy of a state that is still there only takes room.
    defer { if !isReplaced, let kept { Files.remove(kept) } }
    try draft.connections.read { source in
      let pages = try Int.fetchOne(source, sql: "PRAGMA page_count") ?? 0
      let pagesPerStep = CInt(min(Self.mostPagesInOneStep, max(1, pages / 2)))
      try connections.inTurn { writer in
        try writer.inDatabase { target in
          try source.backup(to: target, pagesPerStep: pagesPerStep) { state in
            if kept == nil {
              try checkInPlace()
              try read { try check($0) }
              kept = try keepCopy("replaced", now)
            }
            try progress(state.totalPageCount - state.remainingPageCount, state.totalPageCount)
          }
          isReplaced = true
          // Others who still read may prevent this, and then it is done later.
          _ = try? target.checkpoint(.truncate)
        }
      }
    }
    try draft.close()
    guard let kept else { throw StoreError.inputOutput(path: folder.path, detail: "it was not replaced") }
    return kept
  }
}
