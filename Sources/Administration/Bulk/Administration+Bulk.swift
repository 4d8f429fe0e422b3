package import Access
internal import Store

extension Administration {
  /// The number of things that a plan names.
  static var namedCount: Int { 5 }

  /// Computes what an action would do. Nothing is changed.
  ///
  /// Errors: also ``BulkProblem``.
  package func plan(_ action: BulkAction, on targets: BulkTargets) throws -> BulkPlan {
    try read { reader in
      let work = try BulkWork(action, reader, now: now)
      var accounts: [AccountID] = []
      var (names, taken): ([String], [Name]) = ([], [])
      var (meant, tokens) = (0, 0)
      var kind = AccountKind.apiUser
      try reader.forEach(targets, now: now) { account in
        meant += 1
        guard let changed = try work.changedTokens(of: account, reader) else { return }
        accounts.append(account.id)
        tokens += changed.count
        if names.count < Self.namedCount { names.append(account.name.text) }
        guard let copy = try work.copyName(of: account) else { return }
        kind = account.kind
        if let other = try reader.account(kind, named: NameKey(copy)) { taken.append(other.name) }
      }
      guard taken.isEmpty else {
        let told = Array(taken.prefix(Self.namedCount))
        throw BulkProblem.namesTaken(kind, told, more: taken.count - told.count)
      }
      return BulkPlan(
        action: action, details: BulkDetails(work, keptDays: try reader.retentionDays()),
        ids: accounts.sorted(),
        meantCount: meant, tokenCount: tokens, someNames: names)
    }
  }
}

extension BulkAction: BulkActing {
  package typealias Details = BulkDetails

  package func plan(on targets: BulkTargets, _ administration: Administration) throws -> BulkPlan {
    try administration.plan(self, on: targets)
  }

  /// Errors: ``EditConflict`` where the rights that are to be copied are others by now.
  package func begin(_ plan: BulkPlan, in change: Change) throws -> (AccountID) throws -> Void {
    let work = try BulkWork(self, change.writer, now: change.now)
    let rights = plan.details.rights
    guard work.rights == rights else { throw EditConflict(current: work.rights, mine: rights) }
    var catalogues = GrantCatalogues()
    return { try change.carryOut(work, on: $0, &catalogues) }
  }
}

extension Change {
  fileprivate func carryOut(_ work: BulkWork, on id: AccountID, _ catalogues: inout GrantCatalogues) throws {
    guard let account = try writer.account(id) else { return }
    switch work.action {
    case .enable: try setEnabled(true, account)
    case .disable: try setEnabled(false, account)
    case .addToTeam(let team, nil): try saveMembers(of: team, adding: [id], removing: [])
    case .addToTeam(let team, let bounds?):
      try saveMembers(of: team, bounded: BoundedSet(id, bounds), removing: [])
    case .removeFromTeam(let team): try saveMembers(of: team, adding: [], removing: [id])
    case .copyRights:
      guard let edit = try work.rightsEdit(of: account, writer) else { return }
      try saveRights(of: .account(id), edit, &catalogues)
    case .duplicate:
      if let name = try work.copyName(of: account) { _ = try duplicate(id, as: name, &catalogues) }
    case .revokeTokens:
      for token in try work.changedTokens(of: account, writer) ?? [] { try revoke(token.id) }
    case .setExpiry(let expiry):
      for token in try work.changedTokens(of: account, writer) ?? [] { try setExpiry(expiry, of: token.id) }
    case .delete: try deleteAccount(id)
    }
  }
}

extension SecurityReader {
  fileprivate func forEach(_ targets: BulkTargets, now: Timestamp, _ body: (Account) throws -> Void) throws {
    switch targets {
    case .these(let ids):
      let accounts = try ids.compactMap { try account($0) }
      for account in accounts.sorted(by: { NameKey($0.name) < NameKey($1.name) }) { try body(account) }
    case .matching(let query): try forEachAccount(query, now: now, body)
    }
  }
}
