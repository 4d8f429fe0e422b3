internal import Access
internal import Store

extension Session {
  func token(lookup: LookupHash) throws -> FoundToken? {
    try foundToken(Self.tokenByHash, [Blob(lookup.bytes), lookup.key.rawValue])
  }

  func token(presented: PresentedTokenID) throws -> FoundToken? {
    try foundToken(Self.tokenByIDs, [presented.token.rawValue, presented.secret.rawValue])
  }

  private static let tokenByHash = "\(selectFound) WHERE i.lookup_hash = ? AND i.lookup_key = ?"
  private static let tokenByIDs = "\(selectFound) WHERE i.token_id = ? AND i.id = ?"
  private static let selectFound = """
    SELECT \(tokenColumns), i.id, i.ordinal, i.valid_until, i.created_at \(fromToken)
      JOIN token_id AS i ON i.token_id = t.id
    """

  private func foundToken(_ sql: String, _ values: [Value]) throws -> FoundToken? {
    let found = try first(sql, values) { fields in
      let next = Self.tokenColumnCount
      return (
        token: try token(fields), secret: try fields.id(next) as TokenSecretID,
        ordinal: try fields.integer(next + 1), validUntil: try fields.optionalTime(next + 2),
        madeAt: try fields.time(next + 3)
      )
    }
    guard let found else { return nil }
    let newer: [TokenSecretID] = try rows(
      "SELECT id FROM token_id WHERE token_id = ? AND ordinal > ? ORDER BY ordinal",
      [found.token.id.rawValue, found.ordinal]
    ) { try $0.id(0) }
    guard !newer.isEmpty else { return FoundToken(token: found.token, secret: found.secret) }
    // A Token ID without a recorded end counts as ended since it was made, because nobody said until when
    // it may be used.
    let older = OlderTokenID(validUntil: found.validUntil ?? found.madeAt, newer: newer)
    return FoundToken(token: found.token, secret: found.secret, older: older)
  }

  // Asked apart, because most accounts have little of their own, and a look that finds nothing is the cheapest.
  func holdings(of account: Account, on connector: ConnectorID?) throws -> Holdings {
    try together { try $0.holdingsInTurn(of: account, on: connector) }
  }

  private func holdingsInTurn(of account: Account, on connector: ConnectorID?) throws -> Holdings {
    var teams = try rows(Self.heldTeams, [account.id.rawValue]) { fields in
      (
        team: (id: try fields.id(0) as TeamID, name: try fields.name(1), bounds: try fields.bounds(3)),
        key: try fields.text(2)
      )
    }
    // The teams are sorted by bytes, as the store orders names.
    if teams.count > 1 { teams.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
    return Holdings(
      account: account, roles: try roles(of: .account(account.id)), teams: teams.map(\.team),
      grant: try connector.flatMap { try heldGrant(of: account.id, on: $0) })
  }

  private static let heldTeams = """
    SELECT t.id, t.name, t.name_key, m.from_at, m.until_at FROM membership AS m JOIN team AS t ON t.id = m.team_id
    WHERE m.account_id = ? AND m.hidden = 0 AND t.deleted_at IS NULL
    """

  private func heldGrant(of account: AccountID, on connector: ConnectorID) throws -> Grant? {
    try first(Self.heldGrant, [account.rawValue, connector.rawValue]) { fields in
      try grant(fields, of: .account(account))
    }
  }

  private static let heldGrant = """
    SELECT \(grantColumns) FROM access_grant AS g JOIN connector AS c ON c.id = g.connector_id
    WHERE g.account_id = ? AND g.connector_id = ? AND c.deleted_at IS NULL
    """
}
