import Access
import Administration
import Foundation
import PostgresStore
import SQLiteStore
import Sealing
import Store

/// The one place that knows which engine keeps a store.
enum Engine {
  /// - Parameter isConsole: whether a console opens the store. Many consoles may be open at once, and each has several
  ///   readers, so that these keep fewer pages.
  static func open(_ location: StoreLocation, isConsole: Bool = false, now: Timestamp) throws -> any Store {
    switch location.place {
    case .folder(let path):
      var options = OpenOptions(allowLooseRights: location.allowsLooseRights)
      if isConsole { options.readerCacheKilobytes = 500 }
      return try SQLiteStore.open(
        StoreFolder(path: path), options: options, now: now, news: StoreNewsBoard.take)
    case .database(let address): return try PostgresStore.open(address)
    }
  }

  /// Opens a store to upgrade it; `backsUp` says whether it is copied beside itself before. `settling` is called right
  /// before the upgrade becomes valid.
  static func upgrade(
    _ location: StoreLocation, backsUp: Bool, now: Timestamp, settling: () -> Void
  ) throws {
    switch location.place {
    case .folder(let path):
      let options = OpenOptions(
        allowLooseRights: location.allowsLooseRights, upgrades: true, backsUp: backsUp)
      try SQLiteStore.open(
        StoreFolder(path: path), options: options, now: now, news: StoreNewsBoard.take, settling: settling
      ).close()
    case .database(let address): try PostgresStore.upgrade(address, now: now, settling: settling)
    }
  }

  static func outline(_ location: StoreLocation) throws -> StoreOutline {
    switch location.place {
    case .folder(let path):
      try SQLiteStore.outline(
        StoreFolder(path: path), options: OpenOptions(allowLooseRights: location.allowsLooseRights))
    case .database(let address): try PostgresStore.outline(address)
    }
  }

  /// Who may do what in the database of a store; nil for a store in a folder.
  ///
  /// Errors: ``PostgresProblem``, ``StoreError``.
  static func rights(_ location: StoreLocation) throws -> FoundRights? {
    guard case .database(let address) = location.place else { return nil }
    return try FoundRights.read(address)
  }

  /// Watches the database of a store for a gate; nil for a store in a folder.
  ///
  /// Errors: ``PostgresProblem``, ``StoreError`` where the database can't be reached.
  static func watchDatabase(_ location: StoreLocation) throws -> DatabaseWatch? {
    guard case .database(let address) = location.place else { return nil }
    let lease = try PostgresLease(address)
    return DatabaseWatch(lease: lease, store: PostgresBeacon(address, lease))
  }

  /// Opens a store for the gate, only for reading, and without waiting for writers.
  static func openToEnforce(
    _ location: StoreLocation, watched: DatabaseWatch? = nil, now: Timestamp
  ) throws -> any Store {
    switch location.place {
    case .folder(let path):
      let options = OpenOptions(
        allowLooseRights: location.allowsLooseRights, readOnly: true, busySeconds: 0.25, cacheMegabytes: 8)
      return try SQLiteStore.open(StoreFolder(path: path), options: options, now: now)
    case .database(let address):
      return try PostgresStore.open(address, readOnly: true, lease: watched?.lease)
    }
  }

  /// Opens a store for a shell that completes a name, only for reading, and hardly waiting.
  ///
  /// Errors: ``Trouble`` for a store in a database, because a shell does not wait for a network.
  static func openToComplete(_ location: StoreLocation, now: Timestamp) throws -> any Store {
    let options = OpenOptions(
      allowLooseRights: location.allowsLooseRights, readOnly: true, busySeconds: 0.02, keepsReserve: false)
    return try SQLiteStore.open(StoreFolder(path: location.folder), options: options, now: now)
  }

  /// The records of gates, if one ever ran. A damaged file is set aside where no running gate does so, and
  /// where this account may.
  static func useRecords(_ location: StoreLocation) -> any UseReading {
    switch location.place {
    case .folder(let path):
      SQLiteUseRecords(
        StoreFolder(path: path),
        aside: SQLiteUseRecords.Aside(now: Surroundings.system.now) { Asking.say("note: " + $0.text) })
    case .database(let address): PostgresUseStore(address)
    }
  }

  /// Opens the records for the gate, which writes them. Nothing that happens to gate.db stops the gate.
  static func keepUses(
    _ location: StoreLocation, watched: DatabaseWatch?, tell: @escaping @Sendable (UseEvent) -> Void
  ) -> any UseWriting {
    switch location.place {
    case .folder(let path): SQLiteUseKeeper(StoreFolder(path: path), now: Surroundings.system.now, tell: tell)
    case .database(let address): PostgresUseStore(address, lease: watched?.lease)
    }
  }

  /// Opens the records to write something once.
  static func openUses(_ location: StoreLocation, now: Timestamp) throws -> any UseWriting {
    switch location.place {
    case .folder(let path): try SQLiteUseStore.open(StoreFolder(path: path), now: now)
    case .database(let address): PostgresUseStore(address)
    }
  }

  /// The account whose keys are accepted together with its store: the owner of a store that is shared with a
  /// group.
  static func trustedOwner(_ location: StoreLocation) -> UInt32? {
    sharingGroup(location) == nil ? nil : owner(location)
  }

  /// The account that owns a store: its folder, or that of its keys, where the store is in a database, whose server knows
  /// no accounts of this machine.
  static func owner(_ location: StoreLocation) -> UInt32 {
    let owner =
      switch location.place {
      case .folder(let path): StoreFolder(path: path).owner
      case .database: location.keys.owner
      }
    return owner ?? UInt32.max
  }

  /// The group of a store that is shared with one.
  static func sharingGroup(_ location: StoreLocation) -> UInt32? {
    switch location.place {
    case .folder(let path): StoreFolder(path: path).sharingGroup
    case .database: location.keys.sharingGroup
    }
  }

  /// Whether there is a store.
  static func hasStore(_ location: StoreLocation) throws -> Bool {
    switch location.place {
    case .folder(let path): access(StoreFolder(path: path).database, F_OK) == 0
    case .database(let address): try PostgresStore.isThere(address)
    }
  }

  /// Makes a store in a folder that is missing or empty, or in a database that has none. `furnish` receives the folder in
  /// which the store is being made, if it is in one, and adds what else belongs to the store. Where anything fails, the
  /// place is as it was before.
  static func create(
    _ location: StoreLocation, sharedWith group: UInt32?, now: Timestamp,
    furnish: (_ folder: String?) throws -> Void
  ) throws -> any Store {
    switch location.place {
    case .folder(let path):
      let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
      return try SQLiteStore.create(
        at: StoreFolder(path: path), sharedWith: group, options: options, now: now,
        furnish: { try furnish($0.path) }, news: StoreNewsBoard.take)
    case .database(let address):
      try PostgresStore.requireNone(address)
      try furnish(nil)
      return try PostgresStore.create(address, now: now)
    }
  }

  /// Removes a store that was made just now, and could not be filled.
  static func remove(_ location: StoreLocation) {
    switch location.place {
    case .folder(let path):
      for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
        try? FileManager.default.removeItem(atPath: path + "/" + name)
      }
      rmdir(path)
    case .database(let address): PostgresStore.remove(address)
    }
  }
}

/// What a gate watches the database of its store by.
struct DatabaseWatch: Sendable {
  let lease: PostgresLease
  let store: any DistantStore
}

extension UseEvent {
  /// Whether records were lost. At the first start of a gate there is no file yet, and nothing is lost.
  var isLoss: Bool { if case .setAside = self { true } else { false } }

  var text: String {
    switch self {
    case .setAside(let path, let reason):
      "what gates recorded was damaged, and is set aside as \(path): \(reason); counts begin anew, the Token ID before the newest of "
        + "a rotated token is valid until its set end, and that the store went back before can't be excluded"
    case .made(let path): "\(path) was not there, and is made: what gates recorded begins anew"
    }
  }
}
