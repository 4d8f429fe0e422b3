internal import Access
internal import Store

extension Session {
  /// Selects tokens of living accounts, with the hint of the newest Token ID.
  static let selectToken = "SELECT \(tokenColumns) \(fromToken)"

  static let tokenColumns = """
    t.id, t.account_id, t.name, t.expires_at, t.ever_without_expiry, t.created_at, t.last_used_at,
      t.disabled, t.revoked_at, t.requests_per_minute,
      (SELECT hint FROM token_id WHERE token_id = t.id ORDER BY ordinal DESC LIMIT 1) AS hint, t.valid_from,
      \(particularsColumns("t", "token"))
    """

  /// The number of ``tokenColumns``.
  static let tokenColumnCount = 17

  static let fromToken = """
    FROM token AS t JOIN account AS a ON a.id = t.account_id AND a.deleted_at IS NULL
    """

  func token(_ id: TokenRowID) throws -> Token? {
    try first("\(Self.selectToken) WHERE t.id = ?", [id.rawValue], token)
  }

  func token(of account: AccountID, named key: NameKey) throws -> Token? {
    try first(
      "\(Self.selectToken) WHERE t.account_id = ? AND t.name_key = ? AND t.revoked_at IS NULL",
      [account.rawValue, key.text], token)
  }

  func tokens(of account: AccountID) throws -> [Token] {
    let held = "\(Self.selectToken) WHERE t.account_id = ? AND t.revoked_at IS NULL ORDER BY t.name_key"
    let revoked = """
      \(Self.selectToken) WHERE t.account_id = ? AND t.revoked_at IS NOT NULL
      ORDER BY t.revoked_at DESC, t.name_key, t.id
      """
    return try together { session in
      try session.rows(held, [account.rawValue], session.token)
        + session.rows(revoked, [account.rawValue], session.token)
    }
  }

  func lastUse() throws -> Timestamp? {
    let times: [Timestamp] = try AccountKind.allCases.compactMap { kind in
      try first(
        "SELECT max(last_used_at) FROM account WHERE kind = ? AND deleted_at IS NULL", [kind.rawValue]
      ) { try $0.optionalTime(0) } ?? nil
    }
    return times.max()
  }

  func tokens(limitedTo endpoint: EndpointID) throws -> [Token] {
    try rows(
      """
      \(Self.selectToken) JOIN token_endpoint AS e ON e.token_id = t.id
      WHERE e.endpoint_id = ? AND t.revoked_at IS NULL ORDER BY t.id
      """, [endpoint.rawValue], token)
  }

  func heldTokens(after id: TokenRowID?, limit: Int) throws -> [Token] {
    try rows(
      "\(Self.selectToken) WHERE t.id > ? AND t.revoked_at IS NULL ORDER BY t.id LIMIT ?",
      [id?.rawValue ?? 0, min(max(limit, 0), maximumPageRows)], token)
  }

  func tokenIDs(of token: TokenRowID) throws -> [(
    secret: TokenSecretID, hint: TokenHint, validUntil: Timestamp?
  )] {
    try rows(
      "SELECT id, hint, valid_until FROM token_id WHERE token_id = ? ORDER BY ordinal DESC", [token.rawValue]
    ) { (secret: try $0.id(0), hint: try $0.value(1), validUntil: try $0.optionalTime(2)) }
  }

  func token(_ fields: Fields) throws -> Token {
    let about = try fields.particulars(12)
    return Token(
      id: try fields.id(0), account: try fields.id(1), name: try fields.name(2),
      validFrom: try fields.optionalTime(11), expiry: try fields.optionalTime(3).map { .at($0) } ?? .never,
      wasEverWithoutExpiry: try fields.flag(4), createdAt: try fields.time(5),
      createdBy: about.createdBy, lastUsedAt: try fields.optionalTime(6), isDisabled: try fields.flag(7),
      revokedAt: try fields.optionalTime(8), limits: try limits(fields),
      particulars: about.particulars, hint: try fields.value(10))
  }

  private func limits(_ fields: Fields) throws -> TokenLimits {
    let id = try fields.integer(0)
    let (networks, widgets, endpoints) = try together { session in
      let networks = try session.rows("SELECT network FROM token_network WHERE token_id = ?", [id]) {
        try $0.checked(0, Network(try $0.text(0)))
      }
      let widgets: [WidgetID] = try session.rows(
        "SELECT widget_id FROM token_widget WHERE token_id = ?", [id]
      ) { try $0.id(0) }
      let endpoints: [EndpointID] = try session.rows(
        "SELECT endpoint_id FROM token_endpoint WHERE token_id = ?", [id]
      ) { try $0.id(0) }
      return (networks, widgets, endpoints)
    }
    return TokenLimits(
      widgets: Set(widgets), endpoints: Set(endpoints), networks: Set(networks),
      requestsPerMinute: try fields.optionalInteger(9).map { rate in
        try fields.checked(9, TokenLimits.requestsPerMinuteRange.contains(Int(rate)) ? Int(rate) : nil)
      })
  }

  /// Selects Token IDs of living accounts.
  private static let selectStoredTokenID = """
    SELECT i.id, i.token_id, t.account_id, i.lookup_key, i.lookup_hash, i.seal_key, i.sealed, i.hint,
      i.created_at
    FROM token_id AS i JOIN token AS t ON t.id = i.token_id
      JOIN account AS a ON a.id = t.account_id AND a.deleted_at IS NULL
    """

  func storedTokenID(_ lookup: LookupHash) throws -> StoredTokenID? {
    try first(
      "\(Self.selectStoredTokenID) WHERE i.lookup_hash = ? AND i.lookup_key = ?",
      [Blob(lookup.bytes), lookup.key.rawValue], Self.storedTokenID)
  }

  func storedTokenIDs(_ lookups: [LookupHash]) throws -> [StoredTokenID?] {
    try together { session in try lookups.map(session.storedTokenID) }
  }

  func isOfDeletedAccount(_ lookup: LookupHash) throws -> Bool {
    let sql = """
      SELECT 1 FROM token_id AS i JOIN token AS t ON t.id = i.token_id
        JOIN account AS a ON a.id = t.account_id AND a.deleted_at IS NOT NULL
      WHERE i.lookup_hash = ? AND i.lookup_key = ?
      """
    return try exists(sql, [Blob(lookup.bytes), lookup.key.rawValue])
  }

  func storedTokenID(of token: TokenRowID) throws -> StoredTokenID? {
    try first(
      "\(Self.selectStoredTokenID) WHERE i.token_id = ? ORDER BY i.ordinal DESC LIMIT 1", [token.rawValue],
      Self.storedTokenID)
  }

  static func storedTokenID(_ fields: Fields) throws -> StoredTokenID {
    StoredTokenID(
      id: try fields.id(0), token: try fields.id(1), account: try fields.id(2),
      lookup: try fields.checked(4, LookupHash(key: try fields.value(3), bytes: try fields.bytes(4))),
      sealed: try fields.checked(6, SealedTokenID(key: try fields.value(5), bytes: try fields.bytes(6))),
      hint: try fields.value(7), createdAt: try fields.time(8))
  }
}
