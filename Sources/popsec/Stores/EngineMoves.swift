import Access
import PostgresStore
import SQLStore
import SQLiteStore
import Store

/// What whoever has a store copied is told meanwhile, and does at certain moments.
struct CopyWatch {
  enum News {
    /// The copy goes on with what an earlier one left.
    case goesOn
    /// What an earlier one left is of another state, and goes.
    case beginsAnew
  }

  /// Called before a new copy begins, and reads the state that it copies.
  var begin: () throws -> Void = {}
  var tell: (News) -> Void = { _ in }
  var progress: StoreCopier.Progress = { _, _, _ in }
  /// Checks the copy, whose rows are those of its source, before it becomes a store.
  var check: (any StoreReader) throws -> Void = { _ in }
  /// Called right before the copy becomes a store.
  var settle: () -> Void = {}
}

/// Whole stores that go from place to place, whatever their engines.
extension Engine {
  /// Copies a whole store to a place that has none. Where this ends early, the place is no store, and the next call with
  /// the same source goes on.
  ///
  /// - Parameter isOneTransaction: whether a database stays as it is where this ends early.
  static func copy(
    from source: StoreLocation.Place, to target: StoreLocation.Place, isOneTransaction: Bool = false,
    allowsLooseRights: Bool = false, bounds: StoreCopier.Bounds = StoreCopier.Bounds(), _ watch: CopyWatch,
    now: Timestamp
  ) throws {
    let draft: any CopyDraft =
      switch target {
      case .folder(let path):
        try SQLiteDraft(at: StoreFolder(path: path), allowLooseRights: allowsLooseRights, now: now)
      case .database(let address):
        try PostgresDraft(address, isOneTransaction: isOneTransaction, now: now)
      }
    let copier = StoreCopier(draft, bounds: bounds)
    /// Copies the rest of a state; returns the first difference that is left.
    func fill(_ source: CopySource) throws -> String? {
      if let difference = try copier.copy(source, progress: watch.progress) { return difference }
      try copier.read(watch.check)
      watch.settle()
      try copier.publish()
      return nil
    }
    if try copier.isBegun {
      let isDone = try contents(of: source, now: now) { source in
        guard try copier.isCopy(of: source) else { return false }
        watch.tell(.goesOn)
        return try fill(source) == nil
      }
      if isDone { return }
      watch.tell(.beginsAnew)
      try copier.clear()
    }
    try watch.begin()
    if let difference = try contents(of: source, now: now, fill) {
      throw Trouble(
        "the copy is not what was copied: \(difference)",
        hint: "it is no store, and begins anew when the same command is run again", exitStatus: .inputOutput)
    }
  }

  /// The first difference between what two stores hold, in words; nil where they hold the same.
  static func difference(
    _ one: StoreLocation.Place, _ other: StoreLocation.Place, now: Timestamp,
    progress: (Int, Int) throws -> Void
  ) throws -> String? {
    try contents(of: one, now: now) { one in
      try contents(of: other, now: now) { other in
        let total = try StoreContents.count(StoreContents.ofStore, in: one.store)
        return try StoreContents.difference(StoreContents.ofStore, one.store, other.store) {
          try progress($0, total)
        }
      }
    }
  }

  /// Reads one state of a store, and what gates recorded, if any gate ever did.
  private static func contents<Result>(
    of place: StoreLocation.Place, now: Timestamp,
    _ body: (CopySource) throws -> Result
  ) throws -> Result {
    switch place {
    case .folder(let path):
      let folder = StoreFolder(path: path)
      let store = try SQLiteStore.open(folder, options: OpenOptions(readOnly: true), now: now)
      return try store.contents { source in
        try SQLiteUseRecords(folder).contents { try body(CopySource(store: source, uses: $0, place: path)) }
      }
    case .database(let address):
      return try PostgresStore.open(address, readOnly: true).contents { source in
        try PostgresStore.uses(address) {
          try body(CopySource(store: source, uses: $0, place: address.uri))
        }
      }
    }
  }
}
