package import Access
private import Store

/// A token that somebody should look at.
package struct ReviewedToken: Sendable {
  package let token: Token
  package let account: Account
  package let lastUsedAt: Timestamp?
  /// Whether the uses are known. Where the records of gates can't be read, no finding rests on them.
  package let isUseKnown: Bool
  /// The findings, the most urgent first; never empty.
  package let findings: [TokenFinding]
}

extension Administration {
  /// Reads all tokens page by page, each page from one state of the store, and gives those that somebody
  /// should look at, ordered by id.
  package func review(_ body: ([ReviewedToken]) throws -> Void) throws {
    var after: TokenRowID?
    while true {
      let tokens = try read { try $0.heldTokens(after: after, limit: 200) }
      guard let last = tokens.last else { return }
      try body(try reviewed(tokens))
      after = last.id
    }
  }

  /// The enabled API users with a live token that opens nothing.
  ///
  /// - Parameter limit: the number of tokens to look at. The look takes time for each.
  /// - Returns: the API users by name, and whether all tokens were looked at.
  package func reachless(among limit: Int) throws -> (accounts: [Account], isWhole: Bool) {
    var found: [AccountID: Account] = [:]
    var (after, looked): (TokenRowID?, Int) = (nil, 0)
    while looked < limit {
      let tokens = try read { try $0.heldTokens(after: after, limit: min(200, limit - looked)) }
      guard let last = tokens.last else { return (Self.byName(found), true) }
      for account in try reachless(tokens) { found[account.id] = account }
      (after, looked) = (last.id, looked + tokens.count)
    }
    return (Self.byName(found), try read { try $0.heldTokens(after: after, limit: 1) }.isEmpty)
  }

  private static func byName(_ accounts: [AccountID: Account]) -> [Account] {
    accounts.values.sorted { (NameKey($0.name).text, $0.id) < (NameKey($1.name).text, $1.id) }
  }

  private func reachless(_ tokens: [Token]) throws -> [Account] {
    let now = now
    return try check { checker in
      try Dictionary(grouping: tokens.filter { $0.state(at: now) == .live }, by: \.account).compactMap {
        id, tokens in
        let reach = try checker.source.reach(of: id, at: now)
        guard let account = reach.account, account.kind == .apiUser, account.isEnabled else { return nil }
        return tokens.allSatisfy(reach.opensSomething) ? nil : account
      }
    }
  }

  /// The findings of some accounts, by account.
  package func findings(of accounts: [AccountID]) throws -> [AccountID: [TokenFinding]] {
    let tokens = try read { reader in
      try reader.foresee(accounts.map { id in { _ = try $0.tokens(of: id) } })
      return try accounts.flatMap { try reader.tokens(of: $0).filter { $0.revokedAt == nil } }
    }
    return Dictionary(grouping: try reviewed(tokens), by: \.account.id)
      .mapValues { $0.flatMap(\.findings) }
  }

  /// The findings of some tokens, by token; only of those that somebody should look at.
  package func findings(of tokens: [Token]) throws -> [TokenRowID: [TokenFinding]] {
    Dictionary(
      try reviewed(tokens).map { ($0.token.id, $0.findings) }, uniquingKeysWith: { first, _ in first })
  }

  private func reviewed(_ tokens: [Token]) throws -> [ReviewedToken] {
    let usage = try knownUses(of: tokens)
    let now = now
    return try check { checker in
      var reaches: [AccountID: AccountReach] = [:]
      var owners: [Owner: Ownership] = [:]
      /// A user answers for the user's own tokens, and the owner of an API user for its tokens, where they have none.
      func ownership(of token: Token, of account: Account) throws -> Ownership {
        guard let owner = token.particulars.owner ?? account.particulars.owner else {
          return account.kind == .user ? .owned : .none
        }
        if let known = owners[owner] { return known }
        let ownership = try Ownership(owner, in: checker.source.reader)
        owners[owner] = ownership
        return ownership
      }
      let accounts = Set(tokens.map(\.account))
      try checker.source.reader.foresee([
        { reader in
          let source = AccessSource(reader)
          // An error is thrown below, where the account is read for good.
          for account in accounts { _ = try? source.reach(of: account, at: now) }
        }
      ])
      return try tokens.compactMap { token in
        guard token.state(at: now) == .live else { return nil }
        let reach = try reaches[token.account] ?? checker.source.reach(of: token.account, at: now)
        reaches[token.account] = reach
        guard let account = reach.account else { return nil }
        let last = ((usage?[token.id] ?? []).compactMap(\.lastUsedAt) + [token.lastUsedAt].compactMap { $0 })
          .max()
        let found = TokenFinding.all(
          of: token, lastUsedAt: last, reachesSomething: reach.opensSomething(token),
          ownership: try ownership(of: token, of: account), now: now
        ).filter { usage != nil || !$0.isAboutUse }
        return found.isEmpty
          ? nil
          : ReviewedToken(
            token: token, account: account, lastUsedAt: last, isUseKnown: usage != nil, findings: found)
      }
    }
  }
}
