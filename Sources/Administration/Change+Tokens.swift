package import Access
private import Sealing
private import Store

extension Change {
  /// Adds a token and its Token ID. The token expires after ``Expiry/defaultDays`` unless the caller gives an
  /// expiry.
  @discardableResult
  package func addToken(
    to id: AccountID, name: Name, validFrom: Timestamp? = nil, expiry: Expiry? = nil,
    isDisabled: Bool = false, limits: TokenLimits = .none, particulars: Particulars = .none
  ) throws -> Token {
    try require(.tokensManage)
    return try addTokenUnchecked(
      to: try account(id), name, validFrom: validFrom, expiry, isDisabled: isDisabled, limits, particulars)
  }

  /// Does the same.
  ///
  /// - Parameter account: the account as it is now in this transaction.
  @discardableResult
  package func addToken(to account: Account, _ terms: TokenTerms, usesDefaultExpiry: Bool) throws -> Token {
    try require(.tokensManage)
    return try addTokenUnchecked(
      to: account, terms.name, validFrom: terms.validFrom, usesDefaultExpiry ? nil : terms.expiry,
      isDisabled: terms.isDisabled, terms.limits, terms.particulars)
  }

  /// Adds a token for a caller that has already checked the permission.
  func addTokenUnchecked(
    to account: Account, _ name: Name, validFrom: Timestamp? = nil, _ expiry: Expiry?,
    isDisabled: Bool = false, _ limits: TokenLimits, _ particulars: Particulars = .none,
    as tokenRow: TokenRowID = .random()
  ) throws -> Token {
    let id = account.id
    try requireOpening(account)
    try requireFree(name, of: id, except: nil)
    try requireLiving(particulars.owner, was: nil)
    let tokenID = makeTokenID()
    let token = Token(
      id: tokenRow, account: id, name: name, validFrom: validFrom,
      expiry: expiry ?? .at(now.adding(days: Expiry.defaultDays)), createdAt: now,
      createdBy: operating.actor.name, isDisabled: isDisabled, limits: limits, particulars: particulars,
      hint: tokenID.hint)
    try requireOrder(token)
    let stored = try stored(tokenID, for: token)
    try writer.insert(token, stored)
    try record(
      "token.add", target(token, of: account), try details(from: nil, to: token),
      doing: step(token, of: account, IssuedTokenID(stored), was: nil, became: token))
    return token
  }

  package func rename(_ id: TokenRowID, to name: Name) throws {
    try update(id, "token.rename") { $0.name = name }
  }

  package func setExpiry(_ expiry: Expiry, of id: TokenRowID) throws {
    try setValidity(from: try token(id).validFrom, expiry, of: id)
  }

  /// Sets when a token begins and ends. A token that was once set to never expire stays marked as such for
  /// good.
  ///
  /// - Parameter start: the first instant at which the token is valid; nil for a token that is valid from
  ///   when it was made.
  package func setValidity(from start: Timestamp?, _ expiry: Expiry, of id: TokenRowID) throws {
    // A token that ends soon is as good as removed before anybody notices, so an early end counts as a
    // removal.
    if let end = expiry.timestamp, end <= now.adding(days: 1) {
      let isSooner = try token(id).expiry.timestamp.map { end < $0 } ?? true
      if isSooner { ledger.countRemovals(1) }
    }
    try update(id, "token.expiry") { token in
      token.validFrom = start
      token.expiry = expiry
      token.wasEverWithoutExpiry = token.wasEverWithoutExpiry || expiry == .never
    }
  }

  package func setDisabled(_ isDisabled: Bool, _ id: TokenRowID) throws {
    try update(id, isDisabled ? "token.disable" : "token.enable") { $0.isDisabled = isDisabled }
  }

  package func setLimits(_ limits: TokenLimits, of id: TokenRowID) throws {
    try update(id, "token.limits") { $0.limits = limits }
  }

  /// Says who answers for a token, what the token is for, and which labels it has.
  package func setParticulars(_ particulars: Particulars, of id: TokenRowID) throws {
    try requireLiving(particulars.owner, was: try token(id).particulars.owner)
    try update(id, "token.describe") { $0.particulars = particulars }
  }

  /// Makes a new Token ID for the same token. The previous Token ID stays valid until the new one is first
  /// used, and until `end` at the latest. A Token ID that is older than the previous one ends now.
  @discardableResult
  package func rotate(_ id: TokenRowID, olderValidUntil end: Timestamp) throws -> Token {
    try require(.tokensManage)
    let token = try token(id)
    guard token.revokedAt == nil else { throw AdministrationError.tokenRevoked(token.name) }
    let account = try account(token.account)
    try requireOpening(account)
    if end <= now { ledger.countRemovals(1) }
    let stored = try stored(makeTokenID(), for: token)
    try writer.add(stored, to: id, olderValidUntil: max(end, now))
    let rotated = try self.token(id)
    var details = AuditDetails("hint", before: token.hint.masked, after: rotated.hint.masked)
    details.add("olderValidUntil", before: nil, after: max(end, now).description)
    let change = UndoStep.Change.rotation(
      token: id, account: account.id, owner: account.name.text, issued: IssuedTokenID(stored),
      olderValidUntil: max(end, now))
    try record(
      "token.rotate", target(token, of: account), details,
      doing: UndoStep(name: token.name.text, change: change))
    return rotated
  }

  /// How many days an older Token ID stays valid at most where the caller gives no other end.
  package static var rotationDays: Int64 { 7 }

  /// Revokes a token; this is final.
  package func revoke(_ id: TokenRowID) throws {
    try require(.tokensManage)
    let token = try token(id)
    guard token.revokedAt == nil else { throw AdministrationError.tokenRevoked(token.name) }
    try revokeUnchecked(token, of: try account(token.account))
  }

  /// Revokes a token for a caller that has already checked the permission and the token's state.
  ///
  /// - Parameter isAside: whether the token is revoked because its account is deleted.
  func revokeUnchecked(_ token: Token, of account: Account, isAside: Bool = false) throws {
    var revoked = token
    revoked.revokedAt = now
    try writer.update(revoked, was: token)
    var step = step(token, of: account, was: token, became: nil)
    if isAside { step.isAside = true }
    try record(
      "token.revoke", target(token, of: account), try details(from: token, to: revoked), doing: step)
  }

  /// Returns the Token ID itself, and audits this. What cannot be recorded is not revealed. In recording-safe
  /// mode no caller gets a Token ID for the terminal.
  package func reveal(
    _ id: TokenRowID, for purpose: RevealPurpose, onto surface: RevealSurface = .terminal
  ) throws -> TokenID {
    try require(.tokensCopy)
    if surface == .terminal { try requireNoRecording() }
    let token = try token(id)
    guard token.revokedAt == nil else { throw AdministrationError.tokenRevoked(token.name) }
    try requireOpening(try account(token.account))
    guard let stored = try writer.storedTokenID(of: id) else { throw SealingError.notAuthentic }
    let tokenID = try opened(stored)
    try record("token.\(purpose.rawValue)", try target(token))
    return tokenID
  }

  /// Opens a sealed Token ID. The caller records what the Token ID is needed for.
  func opened(_ stored: StoredTokenID) throws -> TokenID {
    let tokenID = try ring.seal(stored.sealed.key).open(stored.sealed, for: SealPlace(stored))
    // The clear text must have the hash by which the token is looked up; otherwise somebody tampered with the
    // row.
    guard try ring.lookup(stored.lookup.key).hash(of: tokenID) == stored.lookup else {
      throw SealingError.notAuthentic
    }
    return tokenID
  }

  private func update(_ id: TokenRowID, _ action: String, _ body: (inout Token) -> Void) throws {
    try require(.tokensManage)
    let before = try token(id)
    guard before.revokedAt == nil else { throw AdministrationError.tokenRevoked(before.name) }
    var after = before
    body(&after)
    guard after != before else { return }
    if !after.isDisabled { try requireOpening(try account(after.account)) }
    try requireFree(after.name, of: after.account, except: id)
    try requireOrder(after)
    try writer.update(after, was: before)
    let account = try account(before.account)
    try record(
      action, target(before, of: account), try details(from: before, to: after),
      doing: step(before, of: account, was: before, became: after))
  }

  private func step(
    _ token: Token, of account: Account, _ issued: IssuedTokenID? = nil, was: Token?, became: Token?
  ) -> UndoStep {
    UndoStep(
      name: token.name.text,
      change: .token(
        id: token.id, account: account.id, owner: account.name.text, issued: issued,
        turn: .init(was: was?.terms, became: became?.terms)))
  }

  /// A token of a user who is Administrator opens all data, so only an Administrator makes one or gets hold
  /// of one.
  private func requireOpening(_ account: Account) throws {
    guard account.kind == .user, !authority.isAdministrator else { return }
    if try writer.authority(of: account.id).from(now).isAdministrator {
      throw AdministrationError.beyond(.administrator, account.name)
    }
  }

  /// Checks that a token ends after it begins.
  private func requireOrder(_ token: Token) throws {
    do { _ = try Bounds(from: token.validFrom, until: token.expiry.timestamp) } catch {
      throw AdministrationError.bounds(error)
    }
  }

  private func stored(_ tokenID: TokenID, for token: Token) throws -> StoredTokenID {
    let row = TokenSecretID.random()
    let place = SealPlace(row: row, token: token.id, account: token.account)
    let keys = try writingKeys()
    return StoredTokenID(
      id: row, token: token.id, account: token.account, lookup: keys.lookup.hash(of: tokenID),
      sealed: try keys.seal.seal(tokenID, for: place), hint: tokenID.hint, createdAt: now)
  }

  /// The keys that the store names in this very transaction, because keys may be exchanged at any time between two.
  private func writingKeys() throws -> (lookup: LookupKey, seal: SealKey) {
    if let known = ledger.writingKeys { return known }
    let keys = (
      lookup: try ring.writingLookup(try writer.presentKeyUse(.lookup)),
      seal: try ring.writingSeal(try writer.presentKeyUse(.seal))
    )
    ledger.writingKeys = keys
    return keys
  }

  private func token(_ id: TokenRowID) throws -> Token {
    guard let token = try writer.token(id) else {
      throw AdministrationError.missing(kind: "token", name: id.description)
    }
    return token
  }

  private func requireFree(_ name: Name, of account: AccountID, except id: TokenRowID?) throws {
    if let other = try writer.token(of: account, named: NameKey(name)), other.id != id {
      throw AdministrationError.nameTaken(kind: "token", name: name)
    }
  }

  private func target(_ token: Token) throws -> AuditTarget { target(token, of: try account(token.account)) }

  private func target(_ token: Token, of account: Account) -> AuditTarget {
    AuditTarget(.token, id: token.id.description, name: "\(account.name.text) / \(token.name.text)")
  }

  /// The details of a token's change, in which widgets and endpoints are named by their ids.
  private func details(from before: Token?, to after: Token) throws -> AuditDetails {
    let names = try ownerNames(before?.particulars, after.particulars)
    var details = AuditDetails(before?.terms, after.terms, names)
    details.add("revoked", before: before?.revokedAt?.description, after: after.revokedAt?.description)
    return details
  }
}

/// Why a Token ID is revealed, as the audit log names it.
package enum RevealPurpose: String, Hashable, Sendable {
  /// The Token ID goes to the operator's clipboard.
  case copy
  /// The Token ID goes to the operator's screen or to standard output.
  case reveal
}

/// The place to which a revealed Token ID goes.
package enum RevealSurface: Hashable, Sendable {
  /// The terminal's screen or its clipboard, both of which a recording of the terminal shows.
  case terminal
  /// A file or a program.
  case output
}

extension Expiry {
  /// The expiry as the security file has it: `2027-02-21T00:00:00Z` or `never`.
  package var text: String { timestamp?.description ?? "never" }
}
