import Access
@testable import Administration
import SQLiteStore
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct TakingAwayTests {
  @Test(
    "a change that may use the room kept for a full disk takes access away, and does nothing else",
    arguments: [
      ("token.revoke", AuditDetails(), true), ("token.disable", AuditDetails(), true),
      ("user.delete", AuditDetails(), true), ("team.delete", AuditDetails(), true),
      ("apiUser.edit", AuditDetails("enabled", before: "true", after: "false"), true),
      ("apiUser.edit", AuditDetails("enabled", before: "false", after: "true"), false),
      ("apiUser.edit", AuditDetails("name", before: "a", after: "b"), false),
      ("token.enable", AuditDetails(), false), ("token.add", AuditDetails(), false),
      ("deleted.purge", AuditDetails(), false), ("store.init", AuditDetails(), false),
    ])
  func actions(action: String, details: AuditDetails, isTaking: Bool) {
    #expect(TakingAway.isTold(by: action, details) == isTaking)
  }

  @Test("disabling along with another change is not taking away alone")
  func mixed() {
    var details = AuditDetails("enabled", before: "true", after: "false")
    details.add("name", before: "a", after: "b")
    #expect(!TakingAway.isTold(by: "user.edit", details))
  }

  /// A store that reports a full disk until its reserve is freed.
  private final class FullStore: Store {
    private let base: any Store
    private(set) nonisolated(unsafe) var isFull = true
    init(_ base: any Store) { self.base = base }
    func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result { try base.read(body) }
    func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
      try base.write { writer in
        let result = try body(writer)
        if isFull { throw StoreError.diskFull(path: location) }
        return result
      }
    }
    func writeAtOnce<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result { try write(body) }
    func giveUpReserve() -> Bool {
      defer { isFull = false }
      return isFull
    }
    var location: String { base.location }
    func watch() throws -> any StoreWatch { try base.watch() }
  }

  @Test("a token is revoked on a full disk, once, and nothing is given there", arguments: [true, false])
  func fullDisk(isTaking: Bool) throws {
    let scene = try Scene()
    let (_, token) = try scene.change { change in
      let account = try change.addAccount(.apiUser, name: try Name("Portal"))
      return (account, try change.addToken(to: account.id, name: try Name("t")))
    }
    let store = FullStore(scene.store)
    let administration = Administration(
      store: store, keys: scene.keys, operating: Scene.operating(Set(Permission.allCases)),
      surroundings: Surroundings(now: { scene.now }, makeTokenID: { .generate() }))
    let change = {
      try administration.change {
        try isTaking ? $0.revoke(token.id) : $0.rename(token.id, to: try Name("x"))
      }
    }
    if isTaking {
      try change()
    } else {
      #expect(throws: StoreError.diskFull(path: store.location)) { try change() }
    }
    #expect(store.isFull == !isTaking)
    let rows = try scene.store.read { try $0.auditRecords(after: 0, limit: 100) }
    #expect(rows.count { $0.action == "token.revoke" } == (isTaking ? 1 : 0))
  }
}
