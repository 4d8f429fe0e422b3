internal import Access
internal import Store

/// The stretches of an order of accounts. In the order by last use, accounts without a use come last in both
/// directions. In every other order the descending order is the ascending one reversed, including the names
/// within a rank.
struct AccountStretches {
  let stretches: [Stretch]
  private let query: AccountQuery

  init(_ query: AccountQuery, now: Timestamp, filter: AccountFilterSQL) {
    self.query = query
    let parts = StretchParts(query: query, filter: filter)
    switch query.order {
    case .name: stretches = [parts.accounts("account_by_name")]
    case .expiry: stretches = parts.turned(parts.byExpiry(now))
    case .lastUse:
      stretches = [
        parts.accounts("account_by_last_use", " AND t.last_used_at IS NOT NULL", rank: "t.last_used_at"),
        parts.accounts("account_by_last_use", " AND t.last_used_at IS NULL"),
      ]
    case .state:
      stretches = parts.turned([
        parts.accounts("account_by_state", " AND t.enabled = 1"),
        parts.accounts("account_by_state", " AND t.enabled = 0"),
      ])
    }
  }

  /// The cursor of a row; nil where the keys have a wrong type, as only a damaged file has them.
  func cursor(_ spot: Spot, _ account: AccountID) -> AccountCursor? {
    let keys = spot.keys.map { $0?.sqlValue ?? .null }
    guard let name = keys.last?.text else { return nil }
    return AccountCursor(
      part: part(spot.stretch), rank: keys.count > 1 ? keys[0].integer : nil, nameKey: name,
      id: account)
  }

  func spot(_ cursor: AccountCursor) -> Spot {
    let rank: [Session.Value] = cursor.rank.map { [$0] } ?? []
    return Spot(keys: rank + [cursor.nameKey], stretch: part(cursor.part))
  }

  /// The part of the ascending order for a stretch, or the stretch for a part.
  private func part(_ stretch: Int) -> Int {
    query.isDescending && query.order != .lastUse ? stretches.count - 1 - stretch : stretch
  }
}

/// The parts of SQL from which the stretches of one query are made.
private struct StretchParts {
  let query: AccountQuery
  let filter: AccountFilterSQL

  func accounts(
    _ index: String, _ condition: String = "", rank: String? = nil, edge: Stretch.Edge? = nil
  ) -> Stretch {
    Stretch(
      source: filter.source(index),
      searched: "account_search AS s CROSS JOIN account AS t ON t.number = s.rowid",
      condition: "t.deleted_at IS NULL AND t.kind = ?" + condition + filter.condition("t"),
      values: [query.kind.rawValue] + filter.values,
      edge: edge, row: "t.number", keys: (rank.map { [$0] } ?? []) + ["t.name_key"],
      isDescending: query.isDescending)
  }

  /// The stretches by expiry: first accounts with an end in the future, then accounts whose tokens have all
  /// ended, then accounts without an end. The present time alone decides in which stretch an account is, so
  /// that nothing has to be written as time passes.
  func byExpiry(_ now: Timestamp) -> [Stretch] {
    let now = now.secondsSince1970
    // An account with several ends in the future is listed at the first of them.
    let isFirst = """
      NOT EXISTS (SELECT 1 FROM token_end AS o INDEXED BY token_end_of_account
        WHERE o.account_number = t.account_number AND o.ends_at > ?
          AND (o.ends_at, o.token_id) < (t.ends_at, t.token_id))
      """
    let ahead = Stretch(
      source: "token_end AS t INDEXED BY token_end_in_order",
      searched: "account_search AS s CROSS JOIN token_end AS t ON t.account_number = s.rowid",
      condition: "t.kind = ? AND \(isFirst)\(filter.condition(ofNumber: "t.account_number"))",
      values: [query.kind.rawValue, now] + filter.values, edge: .above(now),
      row: "t.account_number", keys: ["t.ends_at", "t.name_key"], isDescending: query.isDescending)
    let index = "account_by_expiry"
    return [
      ahead, accounts(index, rank: "t.last_expiry_at", edge: .upTo(now)),
      accounts(index, " AND t.last_expiry_at IS NULL"),
    ]
  }

  /// The stretches in the query's direction.
  func turned(_ stretches: [Stretch]) -> [Stretch] { query.isDescending ? stretches.reversed() : stretches }
}
