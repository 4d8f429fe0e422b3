package import Access
package import Sealing
internal import Store

/// What a decoy that stands in the store is made of. What is nil is chosen so that it looks like the rest of the store.
package struct DecoyWish {
  package var account: Name?
  package var token: Name?
  package var expiry: Expiry?
  package var particulars: (Change) throws -> Particulars = { _ in .none }

  package init(account: Name? = nil, token: Name? = nil, expiry: Expiry? = nil) {
    (self.account, self.token, self.expiry) = (account, token, expiry)
  }
}

/// Decoys: Token IDs that nobody has a reason to present. The store has of a decoy what it has of any token, and its audit
/// log has the rows of any added API user and token. Only the file with the keys tells that it is a decoy.
extension Administration {
  /// Adds an API user without access, with a token whose Token ID is a decoy. The Token ID is shown to nobody.
  ///
  /// - Parameter folder: the keys, with which the decoy is kept.
  ///
  /// Errors: ``AdministrationError``, ``DecoyTrouble``, ``StoreError``.
  package func addDecoy(
    _ wish: DecoyWish, in folder: KeyFolder
  ) throws -> (decoy: Decoy, account: Account, token: Token) {
    var kept: DecoyID?
    do {
      return try change { change in
        try change.requireAdministrator(to: Self.decoyWork)
        let (account, token) = try change.addDecoyToken(wish, besides: try folder.decoyTokens())
        let decoy = Decoy(
          digest: DecoyDigest(of: try change.tokenID(of: token)), madeAt: now, token: token.id,
          name: "\(account.name.text) / \(token.name.text)")
        // The transaction may be tried a second time. The decoy is kept before the token exists, so that no token can
        // exist that is taken for a decoy and is none.
        if let kept { _ = try folder.removeDecoy(kept) }
        try folder.add(decoy)
        kept = decoy.id
        return (decoy, account, token)
      }
    } catch {
      // Nobody has the Token ID of a transaction that was undone. If its decoy can't be taken out, it does no harm.
      if let kept { _ = try? folder.removeDecoy(kept) }
      throw error
    }
  }

  /// Makes a decoy to be planted, of which the store has nothing. The Token ID is returned once, and kept nowhere.
  ///
  /// - Parameters:
  ///   - place: where the decoy is to be planted, for whoever is notified.
  ///   - surface: where the Token ID is shown; no terminal gets one in recording-safe mode.
  ///
  /// Errors: ``AdministrationError``, ``DecoyTrouble``, ``StoreError``.
  package func plantDecoy(
    at place: Name, in folder: KeyFolder, onto surface: RevealSurface
  ) throws -> (decoy: Decoy, tokenID: TokenID) {
    try requireAdministrator(to: Self.decoyWork)
    if surface == .terminal, try settings().isRecordingSafe || isRecordingSafe {
      throw AdministrationError.recordingSafe
    }
    let tokenID = surroundings.makeTokenID()
    let decoy = Decoy(digest: DecoyDigest(of: tokenID), madeAt: now, token: nil, name: place.text)
    try folder.add(decoy)
    return (decoy, tokenID)
  }

  /// The decoys, each with its token and API user as they are now; nil where the store no longer has them, and for planted
  /// decoys.
  ///
  /// Errors: ``AdministrationError``, ``DecoyTrouble``, ``StoreError``.
  package func decoys(in folder: KeyFolder) throws -> [(decoy: Decoy, holder: TokenOwner?)] {
    try requireAdministrator(to: Self.decoyWork)
    let decoys = try folder.decoys().decoys
    return try read { reader in
      try decoys.map { decoy in
        guard let token = try decoy.token.flatMap(reader.token),
          let account = try reader.account(token.account)
        else {
          return (decoy, nil)
        }
        return (decoy, TokenOwner(account: account, token: token))
      }
    }
  }

  /// Takes a decoy out: its Token ID is one like any other from then on, and of a planted one an unknown one.
  ///
  /// Errors: ``AdministrationError``, ``DecoyTrouble``, ``StoreError``.
  package func removeDecoy(_ id: DecoyID, in folder: KeyFolder) throws {
    try requireAdministrator(to: Self.decoyWork)
    guard try folder.removeDecoy(id) else {
      throw AdministrationError.missing(kind: "decoy", name: id.description)
    }
  }

  /// What only an Administrator may do. The words stand in the audit log where somebody else tried, and tell nothing of
  /// decoys.
  private static var decoyWork: String { "change what is kept with the keys" }
}

extension KeyFolder {
  /// The tokens that are decoys. Without the file there are none yet.
  fileprivate func decoyTokens() throws -> Set<TokenRowID> {
    do throws(DecoyTrouble) { return Set(try decoys().decoys.compactMap(\.token)) } catch {
      if case .missing = error { return [] }
      throw error
    }
  }
}

extension Change {
  /// The number of API users whose names show what is usual.
  private static var samples: Int { 100 }

  /// Adds the API user and the token as anybody would.
  ///
  /// - Parameter known: the tokens that are decoys already. They show nothing of what is usual.
  fileprivate func addDecoyToken(
    _ wish: DecoyWish, besides known: Set<TokenRowID>
  ) throws -> (account: Account, token: Token) {
    var generator = SystemRandomNumberGenerator()
    let usual = try usualTokens(besides: known)
    let names = usual.names
    let chosen =
      try wish.account
      ?? names.account(using: &generator) { name in
        try writer.account(.apiUser, named: NameKey(name)) != nil
      }
    guard let chosen, let tokenName = wish.token ?? names.token(using: &generator) else {
      throw AdministrationError.missing(kind: "free name of an API user like those in the store", name: "")
    }
    // As where any API user is added, owner, note and labels are those of the API user alone.
    let account = try addAccount(.apiUser, name: chosen, particulars: try wish.particulars(self))
    let terms = try lawfulTerms(of: account, wish, like: usual.tokens)
    let token = try addToken(to: account.id, name: tokenName, expiry: terms.expiry, limits: terms.limits)
    return (account, token)
  }

  private func usualTokens(besides known: Set<TokenRowID>) throws -> (names: DecoyNames, tokens: [Token]) {
    let decoys = Set(try known.compactMap { try writer.token($0)?.account })
    let rows = try writer.accounts(AccountQuery(kind: .apiUser), .first, limit: Self.samples, now: now).rows
    let accounts = rows.map(\.account).filter { !decoys.contains($0.id) }
    let tokens = try accounts.shuffled().prefix(10).flatMap { try writer.tokens(of: $0.id) }
      .filter { $0.revokedAt == nil }
    return (DecoyNames(accounts: accounts.map(\.name), tokens: tokens.map(\.name)), tokens)
  }

  /// What the laws about tokens demand of the API user's token, as tokens of the store have it.
  private func lawfulTerms(
    of account: Account, _ wish: DecoyWish, like usual: [Token]
  ) throws -> (expiry: Expiry?, limits: TokenLimits) {
    var (expiry, limits) = (wish.expiry, TokenLimits.none)
    for law in try presentLaws() where law.mode == .enforce && law.mayMean(account) {
      guard case .tokens(let who, let demands) = law.form else { continue }
      // The API user is in no team.
      if case .members? = who[.apiUser] { continue }
      if wish.expiry == nil, let days = demands.maximumDays, days < Expiry.defaultDays {
        let end = now.adding(days: Int64(days))
        expiry = .at(min(end, expiry?.timestamp ?? end))
      }
      if demands.needsNetworks, limits.networks.isEmpty {
        limits.networks =
          usual.map(\.limits.networks).first { $0.allSatisfy { $0.prefixBits > 0 } && !$0.isEmpty }
          ?? Self.someNetwork()
      }
      if demands.needsPlaces, let widget = try writer.widgets().randomElement() {
        limits.widgets = [widget.id]
      }
    }
    return (expiry, limits)
  }

  /// A network as offices have them (RFC 1918).
  private static func someNetwork() -> Set<Network> {
    let (second, third) = (Int.random(in: 0...255), Int.random(in: 0...255))
    return Set([Network("10.\(second).\(third).0/24")].compactMap { $0 })
  }

  /// The Token ID of a token that was added in this transaction. It is shown to nobody, so that nothing is recorded.
  fileprivate func tokenID(of token: Token) throws -> TokenID {
    guard let stored = try writer.storedTokenID(of: token.id) else { throw SealingError.notAuthentic }
    return try opened(stored)
  }
}
