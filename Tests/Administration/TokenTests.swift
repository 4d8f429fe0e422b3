import Access
import Administration
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct TokenTests {
  let scene: Scene
  let account: Account

  init() throws {
    scene = try Scene()
    account = try scene.apiUser()
  }

  @Test(
    "a token ends 90 days from now, or when it is said",
    arguments: [
      (nil, "2027-02-22T12:00:00Z"), (.never, "never"), (.at(.distantPast), "0001-01-01T00:00:00Z"),
    ] as [(Expiry?, String)])
  func adds(expiry: Expiry?, text: String) throws {
    let records = try scene.audited {
      try $0.addToken(to: account.id, name: try Name("portal"), expiry: expiry)
    }
    #expect(records.map(\.action) == ["token.add"])
    #expect(records.first?.target.name == "Portal Mexico / portal")
    #expect(try records.first?.field("expires") == ["after": text])
    let token = try #require(try scene.read { try $0.tokens(of: account.id) }.first)
    #expect(token.expiry.text == text)
    #expect(token.wasEverWithoutExpiry == (expiry == .never))
  }

  @Test(
    "the Token ID can be revealed again and again, each time recorded",
    arguments: [
      (RevealPurpose.copy, "token.copy"), (.reveal, "token.reveal"),
    ])
  func reveals(purpose: RevealPurpose, action: String) throws {
    let token = try scene.token(of: account)
    var ids: Set<TokenID> = []
    let records = try scene.audited { change in
      for _ in 0..<2 { ids.insert(try change.reveal(token.id, for: purpose)) }
    }
    #expect(ids.count == 1)
    #expect(ids.first?.hint == token.hint)
    #expect(records.map(\.action) == [action, action])
  }

  @Test("no Token ID gets into the audit log")
  func staysSecret() throws {
    let token = try scene.token(of: account)
    let id = try scene.change { try $0.reveal(token.id, for: .reveal) }
    try scene.change { try $0.rename(token.id, to: try Name("other")) }
    let log = try scene.records.map { "\($0)" + $0.details + $0.target.name + $0.action }.joined()
    #expect(!log.contains(id.revealed.dropFirst(7)))
  }

  @Test("a change of name, end, state and limits is recorded as such")
  func changes() throws {
    let token = try scene.token(of: account)
    let records = try scene.audited { change in
      try change.rename(token.id, to: try Name("gate"))
      try change.setExpiry(.never, of: token.id)
      try change.setDisabled(true, token.id)
      try change.setDisabled(false, token.id)
      try change.setLimits(TokenLimits(requestsPerMinute: 600), of: token.id)
    }
    #expect(
      records.map(\.action) == [
        "token.rename", "token.expiry", "token.disable", "token.enable", "token.limits",
      ])
    #expect(try records.last?.field("ratePerMinute") == ["after": "600"])
    let after = try #require(try scene.read { try $0.token(token.id) })
    #expect(after.name.text == "gate")
    #expect(after.expiry == .never)
    #expect(!after.isDisabled)
    #expect(after.limits.requestsPerMinute == 600)
  }

  @Test("of several limits, those that changed are recorded alone")
  func oneLimit() throws {
    let token = try scene.token(of: account)
    let networks: Set = [try #require(Network("10.0.0.0/8"))]
    try scene.change { change in
      try change.setLimits(TokenLimits(networks: networks, requestsPerMinute: 600), of: token.id)
    }
    let records = try scene.audited { change in
      try change.setLimits(TokenLimits(networks: networks, requestsPerMinute: 60), of: token.id)
    }
    let record = try #require(records.first)
    #expect(records.count == 1)
    #expect(try record.field("ratePerMinute") == ["before": "600", "after": "60"])
    #expect(try record.fields.map(\.name) == ["ratePerMinute"])
    let after = try #require(try scene.read { try $0.token(token.id) })
    #expect(after.limits == TokenLimits(networks: networks, requestsPerMinute: 60))
  }

  @Test("a token that never expired stays marked for good")
  func marksNever() throws {
    let token = try scene.token(of: account)
    try scene.change { change in
      try change.setExpiry(.never, of: token.id)
      try change.setExpiry(.at(scene.now), of: token.id)
    }
    let after = try #require(try scene.read { try $0.token(token.id) })
    #expect(after.wasEverWithoutExpiry)
    #expect(after.expiry == .at(scene.now))
  }

  @Test("revoking is final: nothing can be done with the token any more")
  func revokes() throws {
    let token = try scene.token(of: account)
    #expect(try scene.audited { try $0.revoke(token.id) }.map(\.action) == ["token.revoke"])
    let refused = AdministrationError.tokenRevoked(token.name)
    #expect(throws: refused) { try scene.change { try $0.revoke(token.id) } }
    #expect(throws: refused) { try scene.change { try $0.reveal(token.id, for: .copy) } }
    #expect(throws: refused) { try scene.change { try $0.setDisabled(false, token.id) } }
    #expect(throws: refused) { try scene.change { try $0.setExpiry(.never, of: token.id) } }
    #expect(throws: refused) { try scene.change { try $0.rename(token.id, to: try Name("x")) } }
    #expect(try scene.read { try $0.token(token.id) }?.revokedAt == scene.now)
  }

  @Test("a name is unique among a user's tokens that are not revoked")
  func names() throws {
    let token = try scene.token(of: account)
    let taken = try Name("PORTAL")
    #expect(throws: AdministrationError.nameTaken(kind: "token", name: taken)) {
      try scene.change { try $0.addToken(to: account.id, name: taken) }
    }
    let other = try scene.apiUser("Portal US")
    _ = try scene.token(of: other)
    try scene.change { try $0.revoke(token.id) }
    _ = try scene.token(of: account)
  }

  @Test("without the seal key no token is added or revealed, and the reason is given")
  func withoutSealKey() throws {
    let token = try scene.token(of: account)
    let problem = SealingError.missing(path: "/keys/seal.key")
    let keys = TokenKeys(lookup: scene.keys.lookup, seal: .failure(problem))
    let administration = scene.administration(only: Set(Permission.allCases), keys: keys)
    #expect(administration.sealProblem == problem)
    #expect(scene.administration.sealProblem == nil)
    #expect(throws: problem) { try administration.change { try $0.reveal(token.id, for: .copy) } }
    #expect(throws: problem) {
      try administration.change { try $0.addToken(to: account.id, name: try Name("x")) }
    }
    #expect(try scene.read { try $0.tokens(of: account.id) }.count == 1)
  }

  @Test("with other keys nothing is revealed")
  func otherKeys() throws {
    let token = try scene.token(of: account)
    let administration = scene.administration(only: Set(Permission.allCases), keys: .ephemeral())
    #expect(throws: SealingError.self) { try administration.change { try $0.reveal(token.id, for: .copy) } }
  }

  @Test("a token of what is not there is refused")
  func missing() {
    #expect(throws: AdministrationError.self) {
      try scene.change { try $0.addToken(to: .random(), name: try Name("x")) }
    }
    #expect(throws: AdministrationError.self) { try scene.change { try $0.revoke(.random()) } }
  }
}
