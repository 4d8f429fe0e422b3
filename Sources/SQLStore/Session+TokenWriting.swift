internal import Access
internal import Store

extension Session {
  func insert(_ token: Token, _ id: StoredTokenID) throws {
    let (reach, keys) = (AlteredReach.account(token.account), SearchKeys(token.name))
    try execute(
      """
      INSERT INTO token (id, account_id, name, name_key, search_key, expires_at, ever_without_expiry, created_at,
        last_used_at, disabled, revoked_at, requests_per_minute, valid_from, created_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        token.id.rawValue, token.account.rawValue, token.name.text, keys.name, keys.search,
        token.expiry.timestamp?.secondsSince1970, token.wasEverWithoutExpiry,
        token.createdAt.secondsSince1970, token.lastUsedAt?.secondsSince1970, token.isDisabled,
        token.revokedAt?.secondsSince1970, token.limits.requestsPerMinute,
        token.validFrom?.secondsSince1970, token.createdBy,
      ], altering: reach)
    if !token.particulars.isEmpty {
      try setParticulars(token.particulars, of: "token", token.id.rawValue, altering: reach)
    }
    try insert(id, of: token.id, ordinal: 1, altering: reach)
    try insertLimits(of: token, altering: reach)
    if let use = token.lastUsedAt {
      try execute(
        "UPDATE account SET last_used_at = ?1 WHERE id = ?2 AND (last_used_at IS NULL OR last_used_at < ?1)",
        [use.secondsSince1970, token.account.rawValue], altering: reach)
    }
  }

  func update(_ token: Token, was before: Token) throws {
    let (id, reach) = (token.id.rawValue, AlteredReach.account(token.account))
    // Columns that stay the same are not set, because SQLite writes each index anew whose columns are set.
    let columns = Self.columns(of: token, was: before)
    if !columns.isEmpty {
      try execute(
        "UPDATE token SET \(columns.map(\.sql).joined(separator: ", ")) WHERE id = ?",
        columns.flatMap(\.values) + [id], altering: reach)
    }
    if token.particulars != before.particulars {
      try setParticulars(token.particulars, of: "token", id, altering: reach)
    }
    var limits = token.limits
    limits.requestsPerMinute = before.limits.requestsPerMinute
    guard limits != before.limits else { return }
    for table in ["token_widget", "token_endpoint", "token_network"] {
      try execute("DELETE FROM \(table) WHERE token_id = ?", [id], altering: reach)
    }
    try insertLimits(of: token, altering: reach)
  }

  /// The columns of the token's row that change.
  private static func columns(of token: Token, was before: Token) -> [(sql: String, values: [Value])] {
    var columns: [(sql: String, values: [Value])] = []
    if token.name != before.name {
      let keys = SearchKeys(token.name)
      columns.append(("name = ?, name_key = ?, search_key = ?", [token.name.text, keys.name, keys.search]))
    }
    if token.validFrom != before.validFrom {
      columns.append(("valid_from = ?", [token.validFrom?.secondsSince1970]))
    }
    if token.expiry != before.expiry {
      columns.append(("expires_at = ?", [token.expiry.timestamp?.secondsSince1970]))
    }
    if !before.wasEverWithoutExpiry, token.wasEverWithoutExpiry || token.expiry == .never {
      columns.append(("ever_without_expiry = 1", []))
    }
    if token.isDisabled != before.isDisabled { columns.append(("disabled = ?", [token.isDisabled])) }
    if token.revokedAt != before.revokedAt {
      columns.append(("revoked_at = coalesce(revoked_at, ?)", [token.revokedAt?.secondsSince1970]))
    }
    if token.limits.requestsPerMinute != before.limits.requestsPerMinute {
      columns.append(("requests_per_minute = ?", [token.limits.requestsPerMinute]))
    }
    return columns
  }

  func add(_ id: StoredTokenID, to token: TokenRowID, olderValidUntil end: Timestamp) throws {
    let last = try first("SELECT max(ordinal) FROM token_id WHERE token_id = ?", [token.rawValue]) {
      Int(try $0.optionalInteger(0) ?? 0)
    }
    let (ordinal, isBeyond) = (last ?? 0).addingReportingOverflow(1)
    guard !isBeyond else {
      throw StoreError.corrupt(path: path, detail: "no Token ID can follow the last of token \(token)")
    }
    let reach = try reach(of: token)
    try execute(
      "UPDATE token_id SET valid_until = min(coalesce(valid_until, ?1), ?1) WHERE token_id = ?2",
      [end.secondsSince1970, token.rawValue], altering: reach)
    try insert(id, of: token, ordinal: ordinal, altering: reach)
  }

  func setLastUse(_ uses: [(token: TokenRowID, at: Timestamp)]) throws {
    for use in uses {
      let changed = try changeCountAside(
        "UPDATE token SET last_used_at = ?1 WHERE id = ?2 AND (last_used_at IS NULL OR last_used_at < ?1)",
        [use.at.secondsSince1970, use.token.rawValue])
      guard changed > 0 else { continue }
      try executeAside(
        """
        UPDATE account SET last_used_at = ?1
        WHERE id = (SELECT account_id FROM token WHERE id = ?2)
          AND (last_used_at IS NULL OR last_used_at < ?1)
        """, [use.at.secondsSince1970, use.token.rawValue])
    }
  }

  private func insert(
    _ stored: StoredTokenID, of token: TokenRowID, ordinal: Int, altering reach: AlteredReach
  ) throws {
    try execute(
      """
      INSERT INTO token_id (id, token_id, ordinal, lookup_key, lookup_hash, seal_key, sealed, hint, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        stored.id.rawValue, token.rawValue, ordinal, stored.lookup.key.rawValue, Blob(stored.lookup.bytes),
        stored.sealed.key.rawValue, Blob(stored.sealed.bytes), stored.hint.rawValue,
        stored.createdAt.secondsSince1970,
      ], altering: reach)
  }

  private func insertLimits(of token: Token, altering reach: AlteredReach) throws {
    let id = token.id.rawValue
    for widget in token.limits.widgets {
      try execute(
        "INSERT INTO token_widget (token_id, widget_id) VALUES (?, ?)", [id, widget.rawValue],
        altering: reach)
    }
    for endpoint in token.limits.endpoints {
      try execute(
        "INSERT INTO token_endpoint (token_id, endpoint_id) VALUES (?, ?)", [id, endpoint.rawValue],
        altering: reach)
    }
    for network in token.limits.networks {
      try execute(
        "INSERT INTO token_network (token_id, network) VALUES (?, ?)", [id, network.description],
        altering: reach)
    }
  }
}
