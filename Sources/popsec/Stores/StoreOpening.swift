import Access
import Administration
import Foundation
import Sealing
import Store

extension StoreLocation {
  /// Opens the store and its keys for the account that runs this process. What gates recorded is read by `uses`, else
  /// by what sets a damaged gate.db aside.
  func open(
    _ frontEnd: FrontEnd = .commandLine, surroundings: Surroundings = .announcing,
    uses: (any UseReading)? = nil
  ) throws -> Administration {
    let store = try opened(isConsole: frontEnd == .console)
    let owner = Engine.owner(self)
    return Administration(
      store: store, ring: KeyRing(try trustedKeys.load(), folder: trustedKeys),
      operating: try .current(frontEnd, in: store, ownedBy: owner),
      uses: uses ?? Engine.useRecords(self), surroundings: surroundings.ownedBy(owner))
  }

  /// Opens the store itself. Whoever has no store of their own, but may use the one of a team, is led to that.
  private func opened(isConsole: Bool) throws -> any Store {
    do {
      return try Engine.open(self, isConsole: isConsole, now: Surroundings.system.now())
    } catch let error as StoreError {
      let team = SetupCommand.standardStore
      // The file only improves the hint. If popsec can't read the file, people still learn that the store is missing.
      if case .missing = error, !isInDatabase, (try? HostStoreFile.found()) != nil {
        throw Trouble(
          error.message, hint: "the store of this host is in a database: set -a; . \(HostStoreFile.path)",
          exitStatus: error.exitStatus)
      }
      guard case .missing(let path) = error, path != team, access(team + "/popsec.db", F_OK) == 0 else {
        throw error
      }
      throw Trouble(
        error.message,
        hint: "the store of this machine's team is \(team): add --store \(team), or set POPSEC_STORE",
        exitStatus: error.exitStatus)
    }
  }

  /// Opens the store to complete a name that is being typed: only for reading, and without waiting for anybody. An older
  /// store is not upgraded.
  ///
  /// Errors: ``StoreError``, ``SealingError``, ``Trouble``.
  func openToComplete() throws -> Administration {
    let store = try Engine.openToComplete(self, now: Surroundings.system.now())
    return Administration(
      store: store, keys: try trustedKeys.load(),
      operating: try .current(.commandLine, in: store, ownedBy: Engine.owner(self)))
  }

  /// Opens the store to bring it up to date, which nobody in it does.
  func openToUpgrade() throws -> Administration {
    let keys = try trustedKeys.load()
    return Administration(
      store: try Engine.open(self, now: Surroundings.system.now()), keys: keys,
      operating: UnixIdentity.making.maker(.commandLine),
      surroundings: .announcing.ownedBy(Engine.owner(self)))
  }

  /// The keys of a store that was made for a group are its owner's.
  var trustedKeys: KeyFolder {
    KeyFolder(path: keys.path, checksRights: keys.checksRights, trustedOwner: Engine.trustedOwner(self))
  }

  /// Makes the store and its keys, in a folder that is missing or empty, and fills it. Where
  /// anything fails, nothing is left behind.
  func create(
    sharedWith group: UInt32? = nil, surroundings: Surroundings = .announcing,
    _ fill: (Administration) throws -> Void = { _ in }
  ) throws {
    var madeKeys = false
    var madeStore = false
    do {
      let store = try Engine.create(self, sharedWith: group, now: Surroundings.system.now()) { draft in
        try makeKeys(in: draft, sharedWith: group)
        madeKeys = true
      }
      madeStore = true
      let administration = Administration(
        store: store, keys: try keys.load(),
        operating: UnixIdentity.making.maker(.commandLine), surroundings: surroundings)
      try administration.change { try $0.recordStore("init") }
      try fill(administration)
    } catch {
      if madeKeys, keyPlace == .elsewhere { removeKeys() }
      if madeStore { Engine.remove(self) }
      throw error
    }
  }

  /// Keys that are there already may be those of another store: they are neither overwritten nor removed.
  /// systemd's credentials are there already, and are never made here.
  private func makeKeys(in draft: String?, sharedWith group: UInt32?) throws {
    let folder = draft.flatMap { keyPlace == .inStore ? KeyFolder(path: $0 + "/keys") : nil } ?? keys
    guard keyPlace != .credentials else { return _ = try folder.load() }
    _ = try folder.create(sharedWith: group)
    try folder.makeDecoyFile()
  }

  /// Adds decoys to a store that was made just now. Where the keys are copies, nothing can be kept with them.
  func addDecoys(_ count: Int, to administration: Administration) throws {
    guard keyPlace != .credentials else { return }
    for _ in 0..<count {
      // Tokens that people make end at different times.
      let days: Int64? = [nil, 180, 365, 365, 730].randomElement() ?? nil
      let expiry = days.map { Expiry.at(administration.now.adding(days: $0)) }
      _ = try administration.addDecoy(DecoyWish(expiry: expiry), in: keys)
    }
  }

  private func removeKeys() {
    for path in KeyFolder.Kind.ofStore.map(keys.file) + keys.decoyFiles { unlink(path) }
  }
}
