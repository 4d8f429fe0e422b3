import Access
import Administration
import SQLiteStore
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct WhoisTests {
  let scene: Scene
  let token: Token
  let secret: String

  init() throws {
    let scene = try Scene()
    let made = try scene.token(of: try scene.apiUser())
    (self.scene, token) = (scene, made)
    secret = try scene.change { try $0.reveal(made.id, for: .reveal) }.revealed
  }

  @Test(
    "a pasted Token ID or address leads to its token",
    arguments: [
      ("", ""), (" \t", "\n"), ("https://h/w?token=", ""), ("https://h/w?a=1&token=", "&b=2"),
      ("token=", "#f"),
      ("GET /w?token=", " HTTP/1.1"),
    ])
  func finds(before: String, after: String) throws {
    let owner = try scene.administration.whois(pasted: before + secret + after)
    #expect(owner.token.id == token.id)
    #expect(owner.account.id == token.account)
  }

  @Test("a revoked token is still found: support's question is why it does not work")
  func findsRevoked() throws {
    try scene.change { try $0.revoke(token.id) }
    #expect(try scene.administration.whois(pasted: secret).token.revokedAt == scene.now)
  }

  @Test("a text that is no Token ID is refused with the reason, and an unknown Token ID as unknown")
  func refuses() throws {
    #expect(throws: AdministrationError.unknownTokenID) {
      try scene.administration.whois(pasted: TokenID.generate().revealed)
    }
    #expect(throws: AdministrationError.badTokenID(.prefix)) { try scene.administration.whois(pasted: "x") }
    #expect(throws: AdministrationError.badTokenID(.length(41))) {
      try scene.administration.whois(pasted: String(secret.dropLast()))
    }
    #expect(throws: AdministrationError.badTokenID(.prefix)) {
      try scene.administration.whois(pasted: "https://h/?token=")
    }
  }

  @Test(
    "a text that may be a secret is recognized before it is complete",
    arguments: [
      ("pst_", true), ("https://h/?token=", true), ("xpst_7", true), ("token", false), ("pst", false),
      ("", false),
    ])
  func looksSecret(text: String, isSecret: Bool) {
    #expect(PastedTokenID.looksSecret(text) == isSecret)
  }

  @Test("a token of a deleted user is reported as such, and not as made up")
  func ownerDeleted() throws {
    try scene.change { try $0.deleteAccount(token.account) }
    #expect(throws: AdministrationError.ownerDeleted) { try scene.administration.whois(pasted: secret) }
  }

  @Test("a row that was made for another Token ID names nobody", arguments: [true, false])
  func tampered(isInItsPlace: Bool) throws {
    let (asked, other) = (TokenID.generate(), TokenID.generate())
    let forged = Token(
      id: .random(), account: token.account, name: try Name("forged"), expiry: .never,
      wasEverWithoutExpiry: true, createdAt: scene.now, lastUsedAt: nil, isDisabled: false, revokedAt: nil,
      limits: .none, hint: asked.hint)
    let row = TokenSecretID.random()
    let place = SealPlace(row: row, token: isInItsPlace ? forged.id : token.id, account: forged.account)
    let stored = StoredTokenID(
      id: row, token: forged.id, account: forged.account, lookup: scene.keys.lookup.hash(of: asked),
      sealed: try scene.keys.seal.get().seal(isInItsPlace ? other : asked, for: place), hint: asked.hint,
      createdAt: scene.now)
    try scene.store.write { try $0.insert(forged, stored) }
    #expect(throws: AdministrationError.tokenRowDamaged) {
      try scene.administration.whois(pasted: asked.revealed)
    }
    // Without the seal key the row can't be compared.
    let keys = TokenKeys(lookup: scene.keys.lookup, seal: .failure(.missing(path: "/k")))
    let reader = scene.administration(only: [.securityRead], keys: keys)
    #expect(try reader.whois(pasted: asked.revealed).token.id == forged.id)
  }
}
