internal import Access
internal import Store

extension Session {
  func accounts(
    _ query: AccountQuery, _ position: PagePosition<AccountCursor>, limit: Int, now: Timestamp
  ) throws -> Page<AccountRow> {
    let order = AccountStretches(query)
    let window = Window(session: self, stretches: order.stretches, matching: query.matching)
    let page = try window.page(order.position(position), limit: limit)
    return Page(
      rows: try page.spots.map { try row($0, order, now) }, hasBefore: page.hasBefore,
      hasAfter: page.hasAfter)
  }

  func accountCount(_ query: AccountQuery) throws -> Int {
    guard query.matching != nil else {
      return try count("SELECT living FROM account_tally WHERE kind = ?", [query.kind.rawValue])
    }
    var byName = query
    byName.order = .name
    let stretches = AccountStretches(byName).stretches
    return try Window(session: self, stretches: stretches, matching: query.matching).count()
  }

  private func row(_ spot: Spot, _ order: AccountStretches, _ now: Timestamp) throws -> AccountRow {
    let sql = """
      SELECT \(Self.accountColumns), name_key, next_expiry_at, last_used_at FROM account WHERE number = ?
      """
    let row = try first(sql, [spot.row]) { fields in
      let account = try Self.account(fields)
      let teams = try firstTeams(of: account.id)
      return AccountRow(
        account: account, teamNames: teams.names, teamCount: teams.count,
        liveTokenCount: try liveTokenCount(of: account.id, now),
        nextExpiry: try nextExpiry(of: account.id, now) ?? (try fields.optionalTime(7)),
        lastUsedAt: try fields.optionalTime(8),
        cursor: AccountCursor(rank: try order.rank(of: fields), nameKey: try fields.text(6), id: account.id))
    }
    guard let row else { throw StoreError.corrupt(path: path, detail: "an index of account names no row") }
    return row
  }

  /// Sorted here: SQLite's sorter costs more than all else of a row.
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

  /// The earliest end of a live token. What is stored may be one that has passed: time passes without
  /// a write.
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

/// The stretches of an order of accounts. What has no rank comes last in either direction;
/// otherwise the descending order is the ascending one turned round, names within a rank too.
struct AccountStretches {
  let stretches: [Stretch]
  private let query: AccountQuery

  init(_ query: AccountQuery) {
    self.query = query
    let stretch = { (index: String, condition: String, rank: String?) in
      Stretch(
        source: "account AS t INDEXED BY \(index)",
        searched: "account_search AS s CROSS JOIN account AS t ON t.number = s.rowid",
        condition: "t.deleted_at IS NULL AND t.kind = ?" + condition, values: [query.kind.rawValue],
        row: "t.number", keys: (rank.map { [$0] } ?? []) + ["t.name_key"], isDescending: query.isDescending)
    }
    let ranked = { (index: String, column: String) in
      [
        stretch(index, " AND \(column) IS NOT NULL", column),
        stretch(index, " AND \(column) IS NULL", nil),
      ]
    }
    switch query.order {
    case .name: stretches = [stretch("account_by_name", "", nil)]
    case .expiry: stretches = ranked("account_by_expiry", "t.next_expiry_at")
    case .lastUse: stretches = ranked("account_by_last_use", "t.last_used_at")
    case .state:
      let enabled = stretch("account_by_state", " AND t.enabled = 1", nil)
      let disabled = stretch("account_by_state", " AND t.enabled = 0", nil)
      stretches = query.isDescending ? [disabled, enabled] : [enabled, disabled]
    }
  }

  /// What a row that was read with its account is ordered by: 0 for enabled, 1 for disabled.
  func rank(of fields: Fields) throws -> Int64? {
    switch query.order {
    case .name: nil
    case .expiry: try fields.optionalInteger(7)
    case .lastUse: try fields.optionalInteger(8)
    case .state: try fields.flag(3) ? 0 : 1
    }
  }

  func position(_ position: PagePosition<AccountCursor>) -> Window.Position {
    switch position {
    case .first: .first
    case .last: .last
    case .after(let cursor): .after(spot(cursor))
    case .before(let cursor): .before(spot(cursor))
    }
  }

  private func spot(_ cursor: AccountCursor) -> Spot {
    switch query.order {
    case .name: return Spot(row: 0, keys: [cursor.nameKey], stretch: 0)
    case .expiry, .lastUse:
      guard let rank = cursor.rank else { return Spot(row: 0, keys: [cursor.nameKey], stretch: 1) }
      return Spot(row: 0, keys: [rank, cursor.nameKey], stretch: 0)
    case .state:
      let isDisabled = cursor.rank == 1
      return Spot(row: 0, keys: [cursor.nameKey], stretch: isDisabled == query.isDescending ? 0 : 1)
    }
  }
}
