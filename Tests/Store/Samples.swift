import Access
import Store

/// Values as tests need them; what is not told is something usual.
enum Sample {
  static func account(
    _ name: String, _ kind: AccountKind = .apiUser, isEnabled: Bool = true, unix: String? = nil
  ) throws -> Account {
    Account(
      id: .random(), kind: kind, name: try Name(name), isEnabled: isEnabled,
      unixAccount: unix.flatMap { UnixAccountName($0) }, createdAt: .start)
  }

  static func team(_ name: String) throws -> Team {
    Team(id: .random(), name: try Name(name), summary: try Summary("of \(name)"), createdAt: .start)
  }

  static func role(_ name: String, _ permissions: Set<Permission> = [.auditRead]) throws -> CustomRole {
    CustomRole(id: .random(), name: try Name(name), summary: .empty, permissions: permissions)
  }

  /// A token and its one Token ID, whose hash and seal are random bytes.
  static func token(
    _ name: String, of account: AccountID, expiry: Expiry = .at(.start.adding(days: 90)),
    isDisabled: Bool = false, revokedAt: Timestamp? = nil, lastUsedAt: Timestamp? = nil,
    limits: TokenLimits = .none
  ) throws -> (token: Token, id: StoredTokenID) {
    let hint = try some(TokenHint(rawValue: "7Hq"))
    let token = Token(
      id: .random(), account: account, name: try Name(name), expiry: expiry, createdAt: .start,
      lastUsedAt: lastUsedAt, isDisabled: isDisabled, revokedAt: revokedAt, limits: limits, hint: hint)
    let key = try some(KeyID(rawValue: "0123456789abcdef"))
    let id = StoredTokenID(
      id: .random(), token: token.id, account: account,
      lookup: try some(LookupHash(key: key, bytes: bytes(32))),
      sealed: try some(SealedTokenID(key: key, bytes: bytes(70))), hint: hint, createdAt: .start)
    return (token, id)
  }

  static func key(_ name: String) throws -> NameKey { NameKey(try Name(name)) }

  static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: 0...255) } }

  static func some<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
  }

  struct Missing: Error {}
}

extension StoreWriter {
  /// Updates an account as a use case does, which reads the account before.
  func update(_ account: Account) throws {
    if let before = try self.account(account.id) { try update(account, was: before) }
  }

  /// Updates a token as a use case does, which reads the token before.
  func update(_ token: Token) throws {
    if let before = try self.token(token.id) { try update(token, was: before) }
  }
}
