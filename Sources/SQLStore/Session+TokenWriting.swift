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

  func update(_ token: Token) throws {
    let (reach, keys) = (try reach(of: token.id), SearchKeys(token.name))
    let count = try changeCount(
      """
      UPDATE token SET name = ?, name_key = ?, search_key = ?, valid_from = ?, expires_at = ?,
        ever_without_expiry = max(ever_without_expiry, ?), disabled = ?,
        revoked_at = coalesce(revoked_at, ?), requests_per_minute = ?
      WHERE id = ? AND EXISTS (SELECT 1 FROM account WHERE id = token.account_id AND deleted_at IS NULL)
      """,
      [
        token.name.text, keys.name, keys.search, token.validFrom?.secondsSince1970,
        token.expiry.timestamp?.secondsSince1970, token.wasEverWithoutExpiry || token.expiry == .never,
        token.isDisabled,
        token.revokedAt?.secondsSince1970,
        token.limits.requestsPerMinute, token.id.rawValue,
      ], altering: reach)
    guard count > 0 else { return }
    try setParticulars(token.particulars, of: "token", token.id.rawValue, altering: reach)
    for table in ["token_widget", "token_endpoint", "token_network"] {
      try execute("DELETE FROM \(table) WHERE token_id = ?", [token.id.rawValue], altering: reach)
    }
    try insertLimits(of: token, altering: reach)
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
