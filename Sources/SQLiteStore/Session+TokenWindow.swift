internal import Access
internal import Store

extension Session {
  func tokens(
    _ query: TokenQuery, _ position: PagePosition<TokenCursor>, limit: Int
  ) throws -> Page<ListedToken> {
    let streams = TokenStreams(
      conditions: query.conditions.onToken, driver: try driver(query.conditions))
    let found = try position.page(limit: limit, by: { $0 }) { place, isForward, limit in
      try streams.places(self, beyond: place, isForward: isForward, limit: limit)
    }
    var accounts: [AccountID: Account] = [:]
    let rows = try found.rows.map { place in
      guard let token = try token(place.id),
        let account = try accounts[token.account] ?? account(token.account)
      else { throw StoreError.corrupt(path: path, detail: "an index of token names no row") }
      accounts[token.account] = account
      return ListedToken(token: token, account: account, cursor: place)
    }
    return Page(rows: rows, hasBefore: found.hasBefore, hasAfter: found.hasAfter)
  }
}

/// The tokens of all accounts in the order of ``TokenCursor``, of two streams: those of API users and those of users,
/// whose names have one index together, kind by kind.
private struct TokenStreams {
  let conditions: ConditionSQL
  let driver: ConditionSQL?

  /// Reads successive places. Where one stream has filled the page, the others are read up to its last place only.
  func places(
    _ session: Session, beyond place: TokenCursor?, isForward: Bool, limit: Int
  ) throws -> [TokenCursor] {
    var found: [TokenCursor] = []
    for kind in [AccountKind.apiUser, .user] {
      let end = limit > 0 && found.count >= limit ? found[limit - 1] : nil
      let stream = TokenStream(kind: kind, conditions: conditions, driver: driver, isForward: isForward)
      found += try stream.places(session, beyond: place, upTo: end, limit: limit)
      found.sort { isForward ? $0 < $1 : $1 < $0 }
      found.removeLast(max(0, found.count - limit))
    }
    return found
  }
}

private struct TokenStream {
  let kind: AccountKind
  let conditions: ConditionSQL
  let driver: ConditionSQL?
  let isForward: Bool

  func places(
    _ session: Session, beyond place: TokenCursor?, upTo end: TokenCursor?, limit: Int
  ) throws -> [TokenCursor] {
    let (beyond, upTo) = (isForward ? ">" : "<", isForward ? "<=" : ">=")
    var sql = "SELECT t.id, a.name_key, t.name_key FROM \(source) WHERE a.deleted_at IS NULL AND a.kind = ?"
    sql += conditions.sql
    var values: [Session.Value] = [kind.rawValue] + conditions.values
    if let driver {
      sql += " AND \(driver.sql)"
      values += driver.values
    }
    if let place {
      // The account's name alone says where the index begins; the whole place is no key of one table.
      sql += " AND a.name_key \(beyond)= ? AND (a.name_key, t.name_key, t.id) \(beyond) (?, ?, ?)"
      values += [place.accountKey, place.accountKey, place.nameKey, place.id.rawValue]
    }
    if let end {
      sql += " AND a.name_key \(upTo) ?"
      values.append(end.accountKey)
    }
    let direction = isForward ? "ASC" : "DESC"
    sql += " ORDER BY a.name_key \(direction), t.name_key \(direction), t.id \(direction) LIMIT ?"
    return try session.rows(sql, values + [limit]) {
      TokenCursor(accountKey: try $0.text(1), nameKey: try $0.text(2), id: try $0.id(0))
    }
  }

  /// The tokens of an account are sorted by name as the account is reached, because revoked ones are not in the index
  /// of names.
  private var source: String {
    guard driver == nil else { return "account AS a JOIN token AS t ON t.account_id = a.id" }
    return """
      account AS a INDEXED BY account_by_name
        CROSS JOIN token AS t INDEXED BY token_of_account ON t.account_id = a.id
      """
  }
}
