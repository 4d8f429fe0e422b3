import Access
import Testing

@Suite struct TokenTests {
  let now: Timestamp
  let hint: TokenHint

  init() throws {
    now = try #require(Timestamp("2026-11-24T00:00:00Z"))
    hint = try #require(TokenHint(rawValue: "7Hq"))
  }

  private func token(_ expiry: Expiry, disabled: Bool = false, revoked: Bool = false) throws -> Token {
    Token(
      id: .random(), account: .random(), name: try Name("portal"), expiry: expiry, createdAt: now,
      isDisabled: disabled, revokedAt: revoked ? now : nil, hint: hint)
  }

  @Test(
    "a token expires at the instant it names",
    arguments: [(-1, true), (0, true), (1, false)] as [(Int64, Bool)])
  func expires(seconds: Int64, hasPassed: Bool) throws {
    let expiry = Expiry.at(now.adding(seconds: seconds))
    #expect(expiry.hasPassed(at: now) == hasPassed)
    #expect(try token(expiry).state(at: now) == (hasPassed ? .expired : .live))
  }

  @Test("the strongest reason not to be live is the one told")
  func states() throws {
    let past = Expiry.at(.distantPast)
    #expect(try token(past, disabled: true, revoked: true).state(at: now) == .revoked)
    #expect(try token(past, disabled: true).state(at: now) == .disabled)
    #expect(try token(.never).state(at: now) == .live)
    #expect(!Expiry.never.hasPassed(at: now))
  }

  @Test("a token without expiry is marked as such from the start")
  func marks() throws {
    #expect(try token(.never).wasEverWithoutExpiry)
    #expect(try !token(.at(now)).wasEverWithoutExpiry)
  }

  @Test(
    "a key's id has 16 hexadecimal digits in lower case",
    arguments: [
      ("0123456789abcdef", true), ("0123456789ABCDEF", false), ("0123456789abcde", false),
      ("0123456789abcdeg", false),
    ])
  func keyIDs(text: String, isOne: Bool) {
    #expect((KeyID(rawValue: text) != nil) == isOne)
  }

  @Test("hashes and sealed values have their sizes or are none")
  func sizes() throws {
    let key = try #require(KeyID(rawValue: "0123456789abcdef"))
    for (count, isOne) in [(31, false), (32, true), (33, false)] {
      #expect((LookupHash(key: key, bytes: Array(repeating: 0, count: count)) != nil) == isOne)
    }
    for (count, isOne) in [(69, false), (70, true), (71, false)] {
      #expect((SealedTokenID(key: key, bytes: Array(repeating: 0, count: count)) != nil) == isOne)
    }
  }
}

@Suite struct AccountTests {
  @Test(
    "names of Unix accounts",
    arguments: [
      ("ops", true), ("_ops", true), ("o.p-s_1", true), ("machine$", true), ("Ops", true), ("1ops", false),
      ("-ops", false),
      ("", false), ("$", false), ("o$ps", false), ("o ps", false), ("öps", false),
      (String(repeating: "a", count: 32), true),
      (String(repeating: "a", count: 33), false), ("root\n", false), ("a/b", false),
    ])
  func unixAccounts(text: String, isOne: Bool) {
    #expect((UnixAccountName(text) != nil) == isOne)
  }

  @Test("an API user has no Unix account")
  func apiUsersCannotLogIn() throws {
    let now = try #require(Timestamp("2026-11-24"))
    let unix = UnixAccountName("ops")
    let name = try Name("Portal")
    #expect(
      Account(id: .random(), kind: .apiUser, name: name, unixAccount: unix, createdAt: now).unixAccount == nil
    )
    #expect(
      Account(id: .random(), kind: .user, name: name, unixAccount: unix, createdAt: now).unixAccount == unix)
  }

  @Test("an actor's name is made harmless and short")
  func actors() {
    #expect(Actor(name: "a\u{1B}[31m\nb", frontEnd: .console).name == "a?[31m?b")
    #expect(Actor(name: String(repeating: "x", count: 1_000), frontEnd: .console).name.count == 200)
  }

  @Test(
    "HTTP methods are upper-case letters",
    arguments: [
      ("GET", true), ("M-SEARCH", false), ("get", false), ("", false), ("G ET", false),
      (String(repeating: "A", count: 21), false),
    ])
  func methods(text: String, isOne: Bool) {
    #expect((HTTPMethod(rawValue: text) != nil) == isOne)
  }
}
