package import Access
internal import Store

extension Administration {
  /// The number of things that a plan names.
  static var namedCount: Int { 5 }

  /// Computes what an action would do. Nothing is changed.
  package func plan(_ action: BulkAction, on targets: BulkTargets) throws -> BulkPlan {
    try read { reader in
      let team = try action.team(reader)
      var accounts: [AccountID] = []
      var names: [String] = []
      var (meant, tokens) = (0, 0)
      try reader.forEach(targets, now: now) { account in
        meant += 1
        guard let changed = try action.changedTokens(of: account, reader) else { return }
        accounts.append(account.id)
        tokens += changed.count
        if names.count < Self.namedCount { names.append(account.name.text) }
      }
      return BulkPlan(
        action: action, team: team, ids: accounts.sorted(), meantCount: meant, tokenCount: tokens,
        someNames: names)
    }
  }
}

extension BulkAction: BulkActing {
  package func plan(on targets: BulkTargets, _ administration: Administration) throws -> BulkPlan {
    try administration.plan(self, on: targets)
  }

  package func carryOut(on id: AccountID, in change: Change) throws { try change.carryOut(self, on: id) }
}

extension Change {
  fileprivate func carryOut(_ action: BulkAction, on id: AccountID) throws {
    guard let account = try writer.account(id) else { return }
    switch action {
    case .enable: try setEnabled(true, id)
    case .disable: try setEnabled(false, id)
    case .addToTeam(let team, nil): try saveMembers(of: team, adding: [id], removing: [])
    case .addToTeam(let team, let bounds?):
      try saveMembers(of: team, bounded: BoundedSet(id, bounds), removing: [])
    case .revokeTokens:
      for token in try action.changedTokens(of: account, writer) ?? [] { try revoke(token.id) }
    case .setExpiry(let expiry):
      for token in try action.changedTokens(of: account, writer) ?? [] { try setExpiry(expiry, of: token.id) }
    }
  }
}

extension BulkAction {
  fileprivate func team(_ reader: any SecurityReader) throws -> Name? {
    guard case .addToTeam(let id, _) = self else { return nil }
    guard let team = try reader.team(id) else {
      throw AdministrationError.missing(kind: "team", name: id.description)
    }
    return team.name
  }

  /// The tokens that the action changes; nil where it changes nothing of the account.
  fileprivate func changedTokens(of account: Account, _ reader: any SecurityReader) throws -> [Token]? {
    switch self {
    case .enable: return account.isEnabled ? nil : []
    case .disable: return account.isEnabled ? [] : nil
    case .addToTeam(let team, let bounds):
      guard let present = try reader.members(of: team, among: [account.id])[account.id] else { return [] }
      return bounds.map { $0 != present } == true ? [] : nil
    case .revokeTokens: return try tokens(of: account, reader) { _ in true }
    case .setExpiry(let expiry): return try tokens(of: account, reader) { $0.expiry != expiry }
    }
  }

  private func tokens(
    of account: Account, _ reader: any SecurityReader, where isMeant: (Token) -> Bool
  ) throws -> [Token]? {
    let tokens = try reader.tokens(of: account.id).filter { $0.revokedAt == nil && isMeant($0) }
    return tokens.isEmpty ? nil : tokens
  }
}

extension SecurityReader {
  fileprivate func forEach(_ targets: BulkTargets, now: Timestamp, _ body: (Account) throws -> Void) throws {
    switch targets {
    case .these(let ids):
      let accounts = try ids.compactMap { try account($0) }
      for account in accounts.sorted(by: { NameKey($0.name) < NameKey($1.name) }) { try body(account) }
    case .matching(let query): try forEachAccount(query, now: now) { try body($0.account) }
    }
  }
}
