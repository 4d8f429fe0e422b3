internal import Access
internal import Store

extension Session {
  func lastUses(of tokens: [TokenRowID]) throws -> [TokenRowID: Timestamp?] {
    var found: [TokenRowID: Timestamp?] = [:]
    for token in tokens {
      let sql = "SELECT t.last_used_at \(Self.fromToken) WHERE t.id = ?"
      if let use = try first(sql, [token.rawValue], { try $0.optionalTime(0) }) { found[token] = .some(use) }
    }
    return found
  }

  func tokens(ofEach accounts: [AccountID]) throws -> [TokenRowID: AccountID] {
    var found: [TokenRowID: AccountID] = [:]
    for account in accounts {
      let ids: [TokenRowID] = try rows("SELECT id FROM token WHERE account_id = ?", [account.rawValue]) {
        try $0.id(0)
      }
      for id in ids { found[id] = account }
    }
    return found
  }
}
