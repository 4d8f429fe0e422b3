import Access
import Store
import TestSupport
import Testing

@Suite struct TokenTests {
  /// A store with an API user and a widget.
  struct Scene {
    let fixture: Fixture
    let account: Account

    init(_ engine: Engine) throws {
      fixture = try Fixture(engine)
      let account = try Sample.account("portal")
      try fixture.write { try $0.insert(account) }
      self.account = account
    }
  }

  @Test("a token and its Token ID are found", arguments: Engine.all)
  func isFound(engine: Engine) throws {
    let scene = try Scene(engine)
    let (catalogue, limits) = (try SampleCatalogue(), try Self.limits)
    var all = limits
    all.widgets = [catalogue.widget.id]
    all.endpoints = [catalogue.endpoint.id]
    let (token, stored) = try Sample.token("portal", of: scene.account.id, lastUsedAt: .start, limits: all)
    try scene.fixture.write { writer in
      try catalogue.insert(into: writer)
      try writer.insert(token, stored)
    }
    try scene.fixture.read { reader throws in
      #expect(try reader.token(token.id) == token)
      #expect(try reader.token(of: scene.account.id, named: Sample.key("PORTAL")) == token)
      #expect(try reader.storedTokenID(stored.lookup) == stored)
      #expect(try reader.storedTokenID(of: token.id) == stored)
      let key = try Sample.some(KeyID(rawValue: "ffffffffffffffff"))
      let other = try Sample.some(LookupHash(key: key, bytes: stored.lookup.bytes))
      #expect(try reader.storedTokenID(other) == nil)
    }
  }

  private static var limits: TokenLimits {
    get throws {
      let networks = try ["10.0.0.0/8", "2001:db8::/32"].map { try Sample.some(Network($0)) }
      return TokenLimits(networks: Set(networks), requestsPerMinute: 600)
    }
  }

  @Test("an update replaces name, expiry, state and limits", arguments: Engine.all)
  func isUpdated(engine: Engine) throws {
    let scene = try Scene(engine)
    var (token, stored) = try Sample.token("portal", of: scene.account.id, limits: try Self.limits)
    try scene.fixture.write { try $0.insert(token, stored) }
    token.name = try Name("Portal 2")
    token.expiry = .never
    token.wasEverWithoutExpiry = true
    token.isDisabled = true
    token.limits = .none
    try scene.fixture.write { try $0.update(token) }
    #expect(try scene.fixture.read { try $0.token(token.id) } == token)
    #expect(try scene.fixture.read { try $0.storedTokenID(of: token.id) } == stored)
  }

  @Test("an update of one field alone changes that field, and nothing else", arguments: Engine.all)
  func oneFieldIsUpdated(engine: Engine) throws {
    let scene = try Scene(engine)
    let (token, stored) = try Sample.token("portal", of: scene.account.id, limits: try Self.limits)
    try scene.fixture.write { try $0.insert(token, stored) }
    let changes: [(inout Token) throws -> Void] = [
      { $0.name = try Name("Portal 2") }, { $0.validFrom = .start },
      { $0.expiry = .at(.start.adding(days: 77)) },
      { ($0.expiry, $0.wasEverWithoutExpiry) = (.never, true) }, { $0.isDisabled = true },
      { $0.limits.requestsPerMinute = 5 }, { $0.limits.networks = [] },
      { $0.particulars = Particulars(owner: .text(try OwnerText("x@y"))) }, { $0.revokedAt = .start },
    ]
    for change in changes {
      var changed = try #require(try scene.fixture.read { try $0.token(token.id) })
      try change(&changed)
      let before = try scene.fixture.read { try $0.generation() }
      try scene.fixture.write { try $0.update(changed) }
      #expect(try scene.fixture.read { try $0.token(token.id) } == changed)
      #expect(try scene.fixture.read { try $0.generation() } == before + 1)
    }
  }

  @Test("revoked is final, and so is the mark of having had no expiry", arguments: Engine.all)
  func finalStays(engine: Engine) throws {
    let scene = try Scene(engine)
    var (token, stored) = try Sample.token("portal", of: scene.account.id, expiry: .never, revokedAt: .start)
    try scene.fixture.write { try $0.insert(token, stored) }
    token.revokedAt = nil
    token.expiry = .at(.start)
    token.wasEverWithoutExpiry = false
    try scene.fixture.write { try $0.update(token) }
    let read = try #require(try scene.fixture.read { try $0.token(token.id) })
    #expect(read.revokedAt == .start && read.wasEverWithoutExpiry)
  }

  @Test("a name is taken among an account's tokens that are not revoked", arguments: Engine.all)
  func nameIsTaken(engine: Engine) throws {
    let scene = try Scene(engine)
    let other = try Sample.account("other")
    var (token, id) = try Sample.token("portal", of: scene.account.id)
    try scene.fixture.write { writer in
      try writer.insert(other)
      try writer.insert(token, id)
      let (elsewhere, id) = try Sample.token("portal", of: other.id)
      try writer.insert(elsewhere, id)
    }
    let (again, againID) = try Sample.token("Portal", of: scene.account.id)
    #expect(throws: StoreError.self) { try scene.fixture.write { try $0.insert(again, againID) } }
    token.revokedAt = .start
    try scene.fixture.write { writer in
      try writer.update(token)
      #expect(try writer.token(of: scene.account.id, named: NameKey(token.name)) == nil)
      try writer.insert(again, againID)
    }
  }

  @Test("a Token ID's hash is stored once", arguments: Engine.all)
  func hashIsUnique(engine: Engine) throws {
    let scene = try Scene(engine)
    let (one, id) = try Sample.token("one", of: scene.account.id)
    let (two, other) = try Sample.token("two", of: scene.account.id)
    let twin = StoredTokenID(
      id: other.id, token: two.id, account: two.account, lookup: id.lookup, sealed: other.sealed,
      hint: other.hint, createdAt: .start)
    try scene.fixture.write { try $0.insert(one, id) }
    #expect(throws: StoreError.self) { try scene.fixture.write { try $0.insert(two, twin) } }
    #expect(try scene.fixture.read { try $0.token(two.id) } == nil)
  }

  @Test("tokens are listed by name, then the revoked, latest first", arguments: Engine.all)
  func order(engine: Engine) throws {
    let scene = try Scene(engine)
    let revocations: [(String, Int64?)] = [("b", nil), ("x", 1), ("a", nil), ("y", 3), ("c", 2)]
    try scene.fixture.write { writer in
      for (name, days) in revocations {
        let revokedAt = days.map { Timestamp.start.adding(days: $0) }
        let (token, id) = try Sample.token(name, of: scene.account.id, revokedAt: revokedAt)
        try writer.insert(token, id)
      }
    }
    let names = try scene.fixture.read { try $0.tokens(of: scene.account.id) }.map(\.name.text)
    #expect(names == ["a", "b", "y", "c", "x"])
  }

  @Test("a widget or endpoint that left the catalogue still limits", arguments: Engine.all)
  func deletedStillLimits(engine: Engine) throws {
    let scene = try Scene(engine)
    let catalogue = try SampleCatalogue()
    let limits = TokenLimits(widgets: [catalogue.widget.id], endpoints: [catalogue.endpoint.id])
    let (token, id) = try Sample.token("portal", of: scene.account.id, limits: limits)
    try scene.fixture.write { writer in
      try catalogue.insert(into: writer)
      try writer.insert(token, id)
      try writer.delete(catalogue.widget.id, .start)
      try writer.delete(catalogue.endpoint.id, .start)
    }
    #expect(try scene.fixture.read { try $0.token(token.id) }?.limits == limits)
  }

  @Test("the next expiry follows every change of a token", arguments: Engine.all)
  func nextExpiryFollows(engine: Engine) throws {
    let scene = try Scene(engine)
    let (near, far) = (Timestamp.start.adding(days: 1), Timestamp.start.adding(days: 9))
    var (one, oneID) = try Sample.token("one", of: scene.account.id, expiry: .at(near))
    let (two, twoID) = try Sample.token("two", of: scene.account.id, expiry: .at(far))
    try scene.fixture.write { writer in
      let next = {
        try writer.accounts(AccountQuery(kind: .apiUser), .first, limit: 1, now: .start).rows.first?
          .nextExpiry
      }
      try writer.insert(one, oneID)
      try writer.insert(two, twoID)
      #expect(try next() == near)
      one.isDisabled = true
      try writer.update(one)
      #expect(try next() == far)
      one.isDisabled = false
      try writer.update(one)
      #expect(try next() == near)
      one.expiry = .never
      try writer.update(one)
      #expect(try next() == far)
      one.expiry = .at(near)
      one.revokedAt = .start
      try writer.update(one)
      #expect(try next() == far)
    }
  }

  @Test("a Token ID of a deleted account is known as such alone", arguments: Engine.all)
  func ofDeletedAccount(engine: Engine) throws {
    let scene = try Scene(engine)
    let (token, stored) = try Sample.token("portal", of: scene.account.id)
    try scene.fixture.write { try $0.insert(token, stored) }
    #expect(try !scene.fixture.read { try $0.isOfDeletedAccount(stored.lookup) })
    try scene.fixture.write { try $0.delete(scene.account.id, .start) }
    #expect(try scene.fixture.read { try $0.isOfDeletedAccount(stored.lookup) })
    #expect(try scene.fixture.read { try $0.storedTokenID(stored.lookup) } == nil)
  }
}
