import Access
import Administration
import SQLiteStore
import Store

/// The one place that knows which engine keeps a store.
enum Engine {
  static func open(_ location: StoreLocation, now: Timestamp) throws -> any Store {
    let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
    return try SQLiteStore.open(
      StoreFolder(path: location.folder), options: options, now: now, news: StoreNewsBoard.take)
  }

  /// Opens a store to upgrade it; `backsUp` says whether it is copied beside itself before. `settling` is called right
  /// before the upgrade becomes valid.
  static func upgrade(
    _ location: StoreLocation, backsUp: Bool, now: Timestamp, settling: () -> Void
  ) throws {
    let options = OpenOptions(allowLooseRights: location.allowsLooseRights, upgrades: true, backsUp: backsUp)
    try SQLiteStore.open(
      StoreFolder(path: location.folder), options: options, now: now, news: StoreNewsBoard.take,
      settling: settling
    ).close()
  }

  static func outline(_ location: StoreLocation) throws -> StoreOutline {
    try StoreOutline(
      StoreFolder(path: location.folder), options: OpenOptions(allowLooseRights: location.allowsLooseRights))
  }

  /// Opens a store for the gate, only for reading, and without waiting for writers.
  static func openToEnforce(_ location: StoreLocation, now: Timestamp) throws -> any Store {
    let options = OpenOptions(
      allowLooseRights: location.allowsLooseRights, readOnly: true, busySeconds: 0.25, cacheMegabytes: 8)
    return try SQLiteStore.open(StoreFolder(path: location.folder), options: options, now: now)
  }

  /// Opens a store for a shell that completes a name, only for reading, and hardly waiting.
  static func openToComplete(_ location: StoreLocation, now: Timestamp) throws -> any Store {
    let options = OpenOptions(
      allowLooseRights: location.allowsLooseRights, readOnly: true, busySeconds: 0.02, keepsReserve: false)
    return try SQLiteStore.open(StoreFolder(path: location.folder), options: options, now: now)
  }

  /// The records of gates, if one ever ran. A damaged file is set aside where no running gate does so, and
  /// where this account may.
  static func useRecords(_ location: StoreLocation) -> SQLiteUseRecords {
    SQLiteUseRecords(
      StoreFolder(path: location.folder),
      aside: SQLiteUseRecords.Aside(now: Surroundings.system.now) { Asking.say("note: " + $0.text) })
  }

  /// The records of gates, only to look at: a damaged file stays where it is.
  static func useRecordsAsTheyAre(_ location: StoreLocation) -> SQLiteUseRecords {
    SQLiteUseRecords(StoreFolder(path: location.folder))
  }

  /// Opens the records for the gate, which writes them. Nothing that happens to gate.db stops the gate.
  static func keepUses(
    _ location: StoreLocation, tell: @escaping @Sendable (UseEvent) -> Void
  ) -> any UseWriting {
    SQLiteUseKeeper(StoreFolder(path: location.folder), now: Surroundings.system.now, tell: tell)
  }

  /// Opens the records to write something once.
  static func openUses(_ location: StoreLocation, now: Timestamp) throws -> any UseWriting {
    try SQLiteUseStore.open(StoreFolder(path: location.folder), now: now)
  }

  /// The account whose keys are accepted together with its store: the owner of a store that is shared with a
  /// group.
  static func trustedOwner(_ location: StoreLocation) -> UInt32? {
    let folder = StoreFolder(path: location.folder)
    return folder.isShared ? folder.owner : nil
  }

  /// The account that owns a store's folder.
  static func owner(_ location: StoreLocation) -> UInt32 {
    StoreFolder(path: location.folder).owner ?? UInt32.max
  }

  /// The group of a store that is shared with one.
  static func sharingGroup(_ location: StoreLocation) -> UInt32? {
    StoreFolder(path: location.folder).sharingGroup
  }

  /// Makes a store in a folder that is missing or empty. `furnish` receives the folder in which the store is
  /// being made, and adds what else belongs there. Where anything fails, the folder is as it was before.
  static func create(
    _ location: StoreLocation, sharedWith group: UInt32?, now: Timestamp,
    furnish: (_ folder: String) throws -> Void
  ) throws -> any Store {
    let options = OpenOptions(allowLooseRights: location.allowsLooseRights)
    return try SQLiteStore.create(
      at: StoreFolder(path: location.folder), sharedWith: group, options: options, now: now,
      furnish: { try furnish($0.path) }, news: StoreNewsBoard.take)
  }
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
