internal import Access
internal import Store

extension Session {
  func tokens(
    _ query: TokenQuery, _ position: PagePosition<TokenCursor>, limit: Int
  ) throws -> Page<ListedToken> {
    let (conditions, driver) = (query.conditions.onToken, try driver(query.conditions))
    let parts = TokenStreams.Part.all(of: query.order).map {
      TokenStreams(part: $0, conditions: conditions, driver: driver)
    }
    let found = try position.page(limit: limit, by: { $0 }) { place, isForward, limit in
      try self.places(of: parts, beyond: place, isForward: isForward, limit: limit)
    }
    let damage = StoreError.corrupt(path: path, detail: "an index of token names no row")
    let tokens = try each(of: found.rows) { session, place in
      guard let token = try session.token(place.id) else { throw damage }
      return token
    }
    let holders = Array(Set(tokens.map(\.account)))
    let accounts = Dictionary(
      uniqueKeysWithValues: zip(holders, try each(of: holders) { try $0.account($1) }))
    let rows = try zip(found.rows, tokens).map { place, token in
      guard let account = accounts[token.account] ?? nil else { throw damage }
      return ListedToken(token: token, account: account, cursor: place)
    }
    return Page(rows: rows, hasBefore: found.hasBefore, hasAfter: found.hasAfter)
  }
}

extension Session {
  func tokenCount(_ conditions: Conditions) throws -> Int {
    let driver = try driver(conditions)
    let own = conditions.onToken
    if driver == nil, conditions.asksOnlyAboutTokens {
      // Looking up the account of each token takes longer than all else. Only few accounts are deleted ones.
      let all = try count("SELECT count(*) FROM token AS t WHERE TRUE\(own.sql)", own.values)
      let deleted = """
        SELECT count(*) FROM account AS a JOIN token AS t ON t.account_id = a.id \
        WHERE a.deleted_at IS NOT NULL\(own.sql)
        """
      return all - (try count(deleted, own.values))
    }
    let sql = """
      SELECT count(*) FROM token AS t JOIN account AS a ON a.id = t.account_id \
      WHERE a.deleted_at IS NULL\(own.sql)\(driver.map { " AND \($0.sql)" } ?? "")
      """
    return try count(sql, own.values + (driver?.values ?? []))
  }

  /// Reads successive places in the parts of an order, one part after the other.
  private func places(
    of parts: [TokenStreams], beyond place: TokenCursor?, isForward: Bool, limit: Int
  ) throws -> [TokenCursor] {
    var found: [TokenCursor] = []
    for streams in isForward ? parts : parts.reversed() where found.count < limit {
      let begins = place.map { streams.part.isBeyond($0, isForward: isForward) } ?? .whole
      guard begins != .none else { continue }
      found += try streams.places(
        self, beyond: begins == .part ? place : nil, isForward: isForward, limit: limit - found.count)
    }
    return found
  }
}

/// The tokens of all accounts in the order of ``TokenCursor``, of two streams: those of API users and those of users,
/// whose names have one index together, kind by kind.
private struct TokenStreams {
  /// A part of an order.
  enum Part: Hashable {
    /// The tokens that end after an instant, by their ends.
    case ending(after: Timestamp)
    /// All tokens by their accounts, or those only that do not end after an instant.
    case byAccount(notEndingAfter: Timestamp?)

    static func all(of order: TokenOrder) -> [Part] {
      switch order {
      case .account: [.byAccount(notEndingAfter: nil)]
      case .end(let now): [.ending(after: now), .byAccount(notEndingAfter: now)]
      }
    }

    enum Beyond { case none, part, whole }

    /// How much of this part lies beyond a place.
    func isBeyond(_ place: TokenCursor, isForward: Bool) -> Beyond {
      switch (self, place.end) {
      case (.ending, _?), (.byAccount, nil): .part
      case (.ending, nil): isForward ? .none : .whole
      case (.byAccount, _?): isForward ? .whole : .none
      }
    }
  }

  let part: Part
  let conditions: ConditionSQL
  let driver: ConditionSQL?

  /// Reads successive places. Where one stream has filled the page, the others are read up to its last place only.
  func places(
    _ session: Session, beyond place: TokenCursor?, isForward: Bool, limit: Int
  ) throws -> [TokenCursor] {
    var found: [TokenCursor] = []
    for kind in [AccountKind.apiUser, .user] {
      let end = limit > 0 && found.count >= limit ? found[limit - 1] : nil
      let stream = TokenStream(
        kind: kind, part: part, conditions: conditions, driver: driver, isForward: isForward)
      found += try stream.places(session, beyond: place, upTo: end, limit: limit)
      found.sort { isForward ? $0 < $1 : $1 < $0 }
      found.removeLast(max(0, found.count - limit))
    }
    return found
  }
}

private struct TokenStream {
  let kind: AccountKind
  let part: TokenStreams.Part
  let conditions: ConditionSQL
  let driver: ConditionSQL?
  let isForward: Bool

  func places(
    _ session: Session, beyond place: TokenCursor?, upTo end: TokenCursor?, limit: Int
  ) throws -> [TokenCursor] {
    var sql = "SELECT t.id, a.name_key, t.name_key, \(hasEnds ? "e.ends_at" : "NULL") FROM \(source)"
    sql += " WHERE a.deleted_at IS NULL AND \(hasEnds ? "e" : "a").kind = ?" + conditions.sql
    var values: [Session.Value] = [kind.rawValue] + conditions.values
    for condition in [driver, own(beyond: place), place.map(beyond), end.map(upTo)].compactMap({ $0 }) {
      sql += " AND \(condition.sql)"
      values += condition.values
    }
    let direction = isForward ? " ASC" : " DESC"
    sql += " ORDER BY " + keys.map { $0 + direction }.joined(separator: ", ") + " LIMIT ?"
    return try session.rows(sql, values + [limit]) {
      TokenCursor(
        end: try $0.optionalTime(3), accountKey: try $0.text(1), nameKey: try $0.text(2), id: try $0.id(0))
    }
  }

  private var hasEnds: Bool { if case .ending = part { true } else { false } }

  /// The keys of the order, the most significant first.
  private var keys: [String] {
    hasEnds ? ["e.ends_at", "e.name_key", "e.token_id"] : ["a.name_key", "t.name_key", "t.id"]
  }

  /// What belongs to the part. The + keeps SQLite from beginning at the edge where a place is further on, because then
  /// everything in between would be looked through.
  private func own(beyond place: TokenCursor?) -> ConditionSQL? {
    switch part {
    case .ending(let now):
      ConditionSQL("\(place != nil && isForward ? "+" : "")e.ends_at > ?", [now.secondsSince1970])
    case .byAccount(nil): nil
    case .byAccount(let now?):
      ConditionSQL(
        "(t.expires_at IS NULL OR t.expires_at <= ? OR t.revoked_at IS NOT NULL OR t.disabled = 1)",
        [now.secondsSince1970])
    }
  }

  private func beyond(_ place: TokenCursor) -> ConditionSQL {
    let sign = isForward ? ">" : "<"
    let all = "(\(keys.joined(separator: ", "))) \(sign) (?, ?, ?)"
    if let end = place.end {
      return ConditionSQL(all, [end.secondsSince1970, place.accountKey, place.id.rawValue])
    }
    // The account's name alone says where the index begins; the whole place is no key of one table.
    return ConditionSQL(
      "a.name_key \(sign)= ? AND \(all)",
      [place.accountKey, place.accountKey, place.nameKey, place.id.rawValue])
  }

  /// The rows up to the first key of a place.
  private func upTo(_ place: TokenCursor) -> ConditionSQL {
    let value: Session.Value = place.end.map { $0.secondsSince1970 } ?? place.accountKey
    return ConditionSQL("\(keys[0]) \(isForward ? "<=" : ">=") ?", [value])
  }

  /// The tokens of an account are sorted by name as the account is reached, because revoked ones are not in the index
  /// of names.
  private var source: String {
    switch (hasEnds, driver == nil) {
    case (true, true):
      """
      token_end AS e INDEXED BY token_end_in_order
        CROSS JOIN account AS a ON a.number = e.account_number CROSS JOIN token AS t ON t.id = e.token_id
      """
    case (true, false):
      """
      token_end AS e JOIN account AS a ON a.number = e.account_number JOIN token AS t ON t.id = e.token_id
        AND t.account_id = a.id
      """
    case (false, true):
      """
      account AS a INDEXED BY account_by_name
        CROSS JOIN token AS t INDEXED BY token_of_account ON t.account_id = a.id
      """
    case (false, false): "account AS a JOIN token AS t ON t.account_id = a.id"
    }
  }
}
