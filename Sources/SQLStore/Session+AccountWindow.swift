internal import Access
internal import Store

extension Session {
  func accounts(
    _ query: AccountQuery, _ position: PagePosition<AccountCursor>, limit: Int, now: Timestamp
  ) throws -> Page<AccountRow> {
    try page(query, position, limit: limit, now: now) { session, fields, account, cursor in
      let (teams, live, next) = try session.together { session in
        let teams = try session.firstTeams(of: account.id)
        let live = try session.liveTokenCount(of: account.id, now)
        return (teams, live, try session.nextExpiry(of: account.id, now))
      }
      return AccountRow(
        account: account, teamNames: teams.names, teamCount: teams.count, liveTokenCount: live,
        nextExpiry: next,
        lastExpiry: live == 0 ? try fields.optionalTime(Self.accountColumnCount) : nil,
        lastUsedAt: try fields.optionalTime(Self.accountColumnCount + 1), cursor: cursor)
    }
  }

  func placedAccounts(
    _ query: AccountQuery, _ position: PagePosition<AccountCursor>, limit: Int, now: Timestamp
  ) throws -> Page<PlacedAccount> {
    try page(query, position, limit: limit, now: now) { PlacedAccount(account: $2, cursor: $3) }
  }

  /// - Parameter row: makes a row of the columns ``accountColumns`` and of the latest end and use of the account.
  private func page<Row>(
    _ query: AccountQuery, _ position: PagePosition<AccountCursor>, limit: Int, now: Timestamp,
    _ row: (Session, Fields, Account, AccountCursor) throws -> Row
  ) throws -> Page<Row> {
    let order = AccountStretches(query, now: now, filter: try sql(query.conditions))
    let window = Window(session: self, stretches: order.stretches, matching: query.matching)
    let sql = "SELECT \(Self.accountColumns), last_expiry_at, last_used_at FROM account WHERE number = ?"
    let damage = StoreError.corrupt(path: path, detail: "an index of account names no row")
    return try window.page(position, limit: limit, at: order.spot) { session, spot in
      let found = try session.first(sql, [spot.row]) { fields in
        let account = try Self.account(fields)
        guard let cursor = order.cursor(spot, account.id) else { throw damage }
        return try row(session, fields, account, cursor)
      }
      guard let found else { throw damage }
      return found
    }
  }

  func accountCount(_ query: AccountQuery) throws -> Int {
    guard query.matching != nil || !query.conditions.isEmpty else {
      return try count("SELECT living FROM account_tally WHERE kind = ?", [query.kind.rawValue])
    }
    var byName = query
    byName.order = .name
    let stretches = AccountStretches(
      byName, now: .distantPast, filter: AccountFilterSQL(query.conditions, isDriven: true)
    ).stretches
    return try Window(session: self, stretches: stretches, matching: query.matching).count()
  }

  /// The first teams of an account. They are sorted here, because SQLite's sorter takes longer than
  /// everything else in a row.
  private func firstTeams(of account: AccountID) throws -> (names: [Name], count: Int) {
    let found = try rows(
      """
      SELECT t.id, t.name, t.name_key FROM membership AS m JOIN team AS t ON t.id = m.team_id
      WHERE m.account_id = ? AND t.deleted_at IS NULL
      """, [account.rawValue]
    ) { (name: try $0.name(1), key: try $0.text(2)) }
    let sorted = found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return (sorted.prefix(3).map(\.name), found.count)
  }

  /// The earliest end of a live token.
  private func nextExpiry(of account: AccountID, _ now: Timestamp) throws -> Timestamp? {
    let sql = """
      SELECT min(expires_at) FROM token WHERE account_id = ? AND revoked_at IS NULL AND disabled = 0
      AND expires_at > ?
      """
    return try first(sql, [account.rawValue, now.secondsSince1970]) { try $0.optionalTime(0) } ?? nil
  }

  private func liveTokenCount(of account: AccountID, _ now: Timestamp) throws -> Int {
    try count(
      """
      SELECT count(*) FROM token WHERE account_id = ? AND revoked_at IS NULL AND disabled = 0
      AND (expires_at IS NULL OR expires_at > ?)
      """, [account.rawValue, now.secondsSince1970])
  }
}
