import Access
import Store
import TestSupport
import Testing

@Suite struct KeyStoreTests {
  private static let new = KeyID(1)

  private struct Scene {
    let fixture: Fixture
    let account: Account
    let ids: [StoredTokenID]

    init(_ engine: Engine, count: Int = 5) throws {
      let fixture = try Fixture(engine)
      let account = try Sample.account("portal")
      let made = try (0..<count).map { try Sample.token("t\($0)", of: account.id) }
      try fixture.write { writer in
        try writer.insert(account)
        for (token, id) in made { try writer.insert(token, id) }
      }
      (self.fixture, self.account, ids) = (fixture, account, made.map(\.id))
    }

    func rest(_ kind: TokenKeyKind, limit: Int = 100) throws -> [PlacedTokenID] {
      var (all, after) = ([PlacedTokenID](), Int64?.none)
      while true {
        let page = try fixture.read {
          try $0.tokenIDs(notUnder: KeyStoreTests.new, kind, after: after, limit: limit)
        }
        guard let last = page.last else { return all }
        all += page
        after = last.place
      }
    }
  }

  @Test("each store has its own id, and keeps it", arguments: Engine.all)
  func identity(engine: Engine) throws {
    let (one, two) = (try Fixture(engine), try Fixture(engine))
    #expect(try one.read { try $0.storeID() } == one.read { try $0.storeID() })
    #expect(try one.read { try $0.storeID() } != two.read { try $0.storeID() })
  }

  @Test("which keys a store goes by is what was said last, and counts as a change", arguments: Engine.all)
  func use(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let uses = [
      TokenKeyUse(current: KeyID(1), coming: KeyID(2)), TokenKeyUse(current: KeyID(2), leaving: KeyID(1)),
      TokenKeyUse(current: KeyID(2)), .unknown,
    ]
    #expect(try fixture.read { try $0.keyUse(.lookup) } == .unknown)
    for use in uses {
      let before = try fixture.read { try $0.generation() }
      try fixture.write { try $0.setKeyUse(use, .lookup) }
      #expect(try fixture.read { try $0.keyUse(.lookup) } == use)
      #expect(try fixture.read { try $0.keyUse(.seal) } == .unknown)
      #expect(try fixture.read { try $0.generation() } == before + 1)
    }
  }

  @Test(
    "all Token IDs are gone through once, also of deleted accounts and revoked tokens", arguments: Engine.all)
  func goesThrough(engine: Engine) throws {
    let scene = try Scene(engine)
    try scene.fixture.write { writer in
      var token = try Sample.some(try writer.token(scene.ids[0].token))
      token.revokedAt = .start
      try writer.update(token)
      try writer.delete(scene.account.id, .start)
    }
    for limit in [1, 2, 100] {
      #expect(Set(try scene.rest(.seal, limit: limit).map(\.stored)) == Set(scene.ids))
    }
    #expect(try scene.fixture.read { try $0.tokenIDCounts(.lookup) }.values.reduce(0, +) == 5)
  }

  @Test(
    "a Token ID is kept under another key once, decides nothing, and is found by that alone",
    arguments: Engine.all)
  func rewrites(engine: Engine) throws {
    let scene = try Scene(engine)
    let row = try Sample.some(scene.rest(.lookup).first)
    let hash = try Sample.some(LookupHash(key: Self.new, bytes: Sample.bytes(32)))
    let new = StoredTokenID(
      id: row.stored.id, token: row.stored.token, account: row.stored.account, lookup: hash,
      sealed: row.stored.sealed, hint: row.stored.hint, createdAt: row.stored.createdAt)
    let before = try scene.fixture.read { try $0.generation() }
    #expect(try scene.fixture.write { try $0.rewrite(row, .lookup, as: new) })
    #expect(try !scene.fixture.write { try $0.rewrite(row, .lookup, as: new) })
    #expect(try scene.fixture.read { try $0.generation() } == before)
    #expect(try scene.fixture.read { try $0.storedTokenID(hash) } == new)
    #expect(try scene.fixture.read { try $0.storedTokenID(row.stored.lookup) } == nil)
    #expect(try scene.rest(.lookup).count == 4)
    #expect(try scene.rest(.seal).count == 5)
    #expect(try scene.fixture.read { try $0.tokenIDCounts(.lookup) }[Self.new] == 1)
    let presented = PresentedTokenID(token: new.token, secret: new.id)
    let found = try scene.fixture.read { try $0.token(presented: presented) }
    #expect(try found != nil && found == scene.fixture.read { try $0.token(lookup: hash) })
  }

  @Test("a Token ID that was shown is found by its ids, and by no others", arguments: Engine.all)
  func presented(engine: Engine) throws {
    let scene = try Scene(engine)
    let (one, two) = (scene.ids[0], scene.ids[1])
    let table = [(one.token, one.id, true), (one.token, two.id, false), (two.token, one.id, false)]
    for (token, secret, isThere) in table {
      let id = PresentedTokenID(token: token, secret: secret)
      #expect(try scene.fixture.read { try $0.token(presented: id)?.secret } == (isThere ? secret : nil))
    }
  }

  @Test("once a key is in use, nothing is added under another", arguments: Engine.all)
  func guards(engine: Engine) throws {
    let scene = try Scene(engine, count: 1)
    for kind in TokenKeyKind.allCases {
      try scene.fixture.write { try $0.setKeyUse(TokenKeyUse(current: Self.new), kind) }
      let (token, id) = try Sample.token("late", of: scene.account.id)
      #expect(throws: StoreError.self) { try scene.fixture.write { try $0.insert(token, id) } }
      try scene.fixture.write { try $0.setKeyUse(.unknown, kind) }
    }
  }

  @Test("a generation is raised, and never put back", arguments: Engine.all)
  func generation(engine: Engine) throws {
    let fixture = try Fixture(engine)
    for (to, expected) in [(50, 50), (7, 50), (51, 51)] as [(Generation, Generation)] {
      try fixture.write { try $0.raiseGeneration(to: to) }
      #expect(try fixture.read { try $0.generation() } == expected)
    }
  }
}
