package import Access
package import Store

/// An action on many tokens at once. Revoked tokens are left as they are.
package enum TokenBulkAction: Hashable, Sendable {
  case enable, disable
  /// Revokes the tokens for good.
  case revoke
  case setExpiry(Expiry)
}

/// The tokens for the action.
package enum TokenBulkTargets: Hashable, Sendable {
  case these(Set<TokenRowID>)
  /// All tokens that match the query.
  case matching(TokenQuery)
}

/// The plan of an action on tokens has nothing besides.
package struct TokenBulkDetails: Hashable, Sendable {}

extension TokenBulkAction: BulkActing {
  package typealias Details = TokenBulkDetails

  package func plan(
    on targets: TokenBulkTargets, _ administration: Administration
  ) throws -> TokenBulkPlan {
    try administration.plan(self, on: targets)
  }

  package func begin(_ plan: TokenBulkPlan, in change: Change) throws -> (TokenRowID) throws -> Void {
    { try carryOut(on: $0, in: change) }
  }

  private func carryOut(on id: TokenRowID, in change: Change) throws {
    // A token that was revoked meanwhile can't be changed, and is what nobody wants of it any more.
    guard let token = try change.writer.token(id), changes(token) else { return }
    switch self {
    case .enable: try change.setDisabled(false, id)
    case .disable: try change.setDisabled(true, id)
    case .revoke: try change.revoke(id)
    case .setExpiry(let expiry): try change.setExpiry(expiry, of: id)
    }
  }

  fileprivate func changes(_ token: Token) -> Bool {
    guard token.revokedAt == nil else { return false }
    return switch self {
    case .enable: token.isDisabled
    case .disable: !token.isDisabled
    case .revoke: true
    case .setExpiry(let expiry): token.expiry != expiry
    }
  }
}

extension Administration {
  /// Computes what an action would do with tokens. Nothing is changed.
  package func plan(
    _ action: TokenBulkAction, on targets: TokenBulkTargets
  ) throws -> TokenBulkPlan {
    try read { reader in
      var ids: [TokenRowID] = []
      var names: [String] = []
      var meant = 0
      try reader.forEach(targets) { token, account in
        meant += 1
        guard action.changes(token) else { return }
        ids.append(token.id)
        if names.count < Self.namedCount { names.append("\(account.name.text) / \(token.name.text)") }
      }
      return TokenBulkPlan(
        action: action, details: TokenBulkDetails(), ids: ids.sorted(), meantCount: meant,
        tokenCount: ids.count,
        someNames: names)
    }
  }
}

extension SecurityReader {
  /// Calls the body with each token and its account, in the order of the accounts' names.
  fileprivate func forEach(_ targets: TokenBulkTargets, _ body: (Token, Account) throws -> Void) throws {
    switch targets {
    case .these(let ids):
      let found = try ids.compactMap { id in
        try token(id).flatMap { token in try account(token.account).map { (token: token, account: $0) } }
      }
      let keyed = found.map { (key: (NameKey($0.account.name), NameKey($0.token.name)), found: $0) }
      for (_, found) in keyed.sorted(by: { $0.key < $1.key }) { try body(found.token, found.account) }
    case .matching(let query):
      var paging = Paging(by: \ListedToken.cursor)
      while let rows = try paging.next({ try tokens(query, $0, limit: maximumPageRows) }) {
        for row in rows { try body(row.token, row.account) }
      }
    }
  }
}

/// A plan for tokens in words.
package struct TokenBulkWords: PlanWording {
  private let plan: TokenBulkPlan

  package init(_ plan: TokenBulkPlan) { self.plan = plan }

  private var many: String { plan.ids.count == 1 ? "1 token" : "\(plan.ids.count) tokens" }

  package var title: String {
    switch plan.action {
    case .enable: "Enable \(many)"
    case .disable: "Disable \(many)"
    case .revoke: "Revoke \(many)"
    case .setExpiry: "Change when \(many) end\(plan.ids.count == 1 ? "s" : "")"
    }
  }

  package var nothing: String { plan.nothing(whereNone: "no token is meant") }

  package var points: [String] {
    switch plan.action {
    case .enable: plan.points(between: [])
    case .disable: plan.points(between: ["they open nothing until they are enabled again"])
    case .revoke: plan.points(between: ["they open nothing from then on", TakingBack.never])
    case .setExpiry(.never): plan.points(between: ["they never end"])
    case .setExpiry(let expiry): plan.points(between: ["they end at \(expiry.text)"])
    }
  }

  package var isDestructive: Bool { plan.action != .enable }
}
