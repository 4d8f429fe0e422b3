import Access
import Administration
import Foundation
import SQLiteStore
import Sealing
import Store
import TestSupport
import Testing

/// Tests what a restore does, and in which order, with a real engine and an invented backup.
@Suite final class RestorationTests {
  private let scene: Scene
  private let folder: KeyFolder
  private let administration: Administration
  private let place: Place
  private let manifest: BackupManifest

  /// A backup of the store as it was, which records the calls to it.
  private final class Place: RestorePlace {
    let store: SQLiteStore
    let copy: String
    let now: Timestamp
    var knownVersion = SQLiteStore.knownVersion
    var found: (version: Int, store: StoreID?)?
    var damage: [String] = []
    var betweenLookingAndReplacing: () throws -> Void = {}
    private(set) var calls: [String] = []

    init(_ store: SQLiteStore, copy: String, now: Timestamp) {
      (self.store, self.copy, self.now) = (store, copy, now)
    }

    var folder: String { store.location }

    func takeDatabase(to path: String) throws {
      calls.append("take")
      try Data(contentsOf: URL(fileURLWithPath: copy)).write(to: URL(fileURLWithPath: path))
    }

    func takeUses(to path: String) { calls.append("uses") }

    func identify(copy path: String) throws -> (version: Int, store: StoreID?) {
      try found ?? CopiedDatabase(path: path).identify()
    }

    func damages(ofCopy path: String) -> [String] { damage }

    func adopt(
      fill: (_ database: String, _ uses: String) throws -> Void,
      furnish: (_ folder: String, any Store) throws -> Void
    ) throws {
      calls.append("adopt")
      try SQLiteStore.adopt(
        at: StoreFolder(path: copy + "-adopted"), now: now, fill: { try fill($0.database, $0.useDatabase) },
        furnish: { try furnish($0.path, $1) })
    }

    func replaceContents(
      fill: (_ database: String) throws -> Void, furnish: (any Store) throws -> Void,
      check: (any StoreReader) throws -> Void
    ) throws -> String {
      calls.append("replace")
      return try store.replaceContents(
        now: now, fill: { try fill($0.database) },
        furnish: {
          try furnish($0)
          try betweenLookingAndReplacing()
        }, check: check, progress: { _, _ in })
    }
  }

  init() throws {
    let scene = try Scene(.sqlite)
    let store = try #require(scene.store as? SQLiteStore)
    self.scene = scene
    folder = KeyFolder(path: scene.folder + "/keys")
    administration = Administration(
      store: scene.store, keys: try folder.create(), operating: Self.administrator,
      surroundings: Surroundings(now: { scene.now }, makeTokenID: { .generate() }))
    try administration.change { change in
      let user = try change.addAccount(.apiUser, name: try Name("Portal"))
      _ = try change.addToken(to: user.id, name: try Name("t"), expiry: .never)
    }
    let copy = scene.folder + "/copy"
    try store.copy(to: copy)
    place = Place(store, copy: copy, now: scene.now)
    let contents = try scene.store.read { [administration] in
      try BackupContents($0, at: "store", verifiedBy: administration) { _ in }
    }
    manifest = BackupManifest(
      store: try administration.storeID(), schemaVersion: SQLiteStore.knownVersion, madeAt: scene.now,
      popsec: "1", database: BackupManifest.Part(byteCount: 7, sha256: String(repeating: "a", count: 64)),
      uses: nil, contents: contents)
  }

  private static let administrator = Operator(
    actor: Actor(name: "ops", frontEnd: .commandLine), standing: .fixed(.administrator), ownsStore: true)

  private func restoration(keys: KeyFolder? = nil) throws -> Restoration {
    let keys = keys ?? folder
    let now = scene.now
    return try Restoration(
      of: RestorableBackup(
        name: "file", manifest: manifest, sha256: String(repeating: "b", count: 64)),
      keys: RestoredKeys(keys, .elsewhere, trusted: keys), sent: nil, in: place, by: Self.administrator,
      Surroundings(now: { now }, makeTokenID: { .generate() }))
  }

  @Test("a backup of a later version is refused before anything is taken out of it")
  func newer() throws {
    place.knownVersion -= 1
    #expect(
      throws: BackupTrouble.newer(
        file: "file", version: manifest.schemaVersion, known: place.knownVersion)
    ) { try restoration() }
    #expect(place.calls == [])
  }

  @Test("missing keys are reported before anything is made, or allowed and noted")
  func missingKeys() throws {
    let elsewhere = KeyFolder(path: scene.folder + "/none")
    let needed = ["lookup " + manifest.lookupKeys[0], "seal " + manifest.sealKeys[0]]
    let restoration = try restoration(keys: elsewhere)
    #expect(throws: BackupTrouble.keysMissing(file: "file", keys: needed)) {
      try restoration.adopt(sharedWith: nil, withoutKeys: false)
    }
    #expect(throws: BackupTrouble.keysMissing(file: "file", keys: needed)) {
      try restoration.replace(administration, withoutKeys: false) { _ in }
    }
    #expect(place.calls == [])
    let outcome = try restoration.adopt(sharedWith: nil, withoutKeys: true)
    #expect(outcome.notes == ["keys that are not there: " + needed.joined(separator: ", ")])
    #expect(place.calls == ["adopt", "take", "uses"])
  }

  @Test("the database that was taken out is compared with the manifest, and checked, before it is used")
  func comparesTheDatabase() throws {
    place.found = (manifest.schemaVersion, nil)
    #expect(
      throws: BackupTrouble.damaged(
        file: "file", what: "its database is another than its manifest tells")
    ) { try restoration().replace(administration, withoutKeys: false) { _ in } }
    place.found = nil
    place.damage = ["page 3 is gone", "more"]
    #expect(throws: BackupTrouble.damaged(file: "file", what: "in its database, page 3 is gone")) {
      try restoration().adopt(sharedWith: nil, withoutKeys: false)
    }
  }

  @Test("a store is put back to its backup once that was confirmed, and nothing is done where it was not")
  func replaces() throws {
    try administration.change { _ = try $0.addAccount(.apiUser, name: try Name("Later")) }
    struct No: Error {}
    #expect(throws: No.self) {
      try restoration().replace(administration, withoutKeys: false) { _ in throw No() }
    }
    #expect(try scene.read { try $0.account(.apiUser, named: NameKey(Name("Later"))) } != nil)
    let outcome = try restoration().replace(administration, withoutKeys: false) { outlook in
      #expect(outlook.rollback.hasSuffix(": 1 row is undone"))
    }
    #expect(outcome.kept != nil && outcome.replacedRow == manifest.head.row + 1)
    #expect(try scene.read { try $0.account(.apiUser, named: NameKey(Name("Later"))) } == nil)
  }

  @Test(
    "where others change the store, the restore is prepared anew without asking, and given up in the end"
  )
  func changedMeanwhile() throws {
    var (asked, changes) = (0, 0)
    place.betweenLookingAndReplacing = { [administration] in
      changes += 1
      try administration.change {
        _ = try $0.addAccount(.apiUser, name: try Name("Other \(changes)"))
      }
    }
    let error = #expect(throws: (any Error).self) {
      try restoration().replace(administration, withoutKeys: false) { _ in asked += 1 }
    }
    #expect((error as? any Complaint)?.exitStatus == .unavailable)
    #expect(place.calls.count { $0 == "replace" } == changes && changes == 5)
    #expect(asked == 1)
  }
}
