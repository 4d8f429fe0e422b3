internal import Access
internal import Store

extension Session {
  func lastUses(of tokens: [TokenRowID]) throws -> [TokenRowID: Timestamp?] {
    let sql = "SELECT t.last_used_at \(Self.fromToken) WHERE t.id = ?"
    let uses = try each(of: tokens) { session, token in
      try session.first(sql, [token.rawValue]) { try $0.optionalTime(0) }
    }
    var found: [TokenRowID: Timestamp?] = [:]
    for (token, use) in zip(tokens, uses) {
      if let use { found[token] = .some(use) }
    }
    return found
  }

  func tokens(ofEach accounts: [AccountID]) throws -> [TokenRowID: AccountID] {
    let tokens: [[TokenRowID]] = try each(of: accounts) { session, account in
      try session.rows("SELECT id FROM token WHERE account_id = ?", [account.rawValue]) { try $0.id(0) }
    }
    var found: [TokenRowID: AccountID] = [:]
    for (account, ids) in zip(accounts, tokens) {
      for id in ids { found[id] = account }
    }
    return found
  }
}
