package import Access
internal import Store

/// From which networks tokens were used.
extension UseSession {
  /// The earliest first. None in a gate.db of an earlier version.
  package func usedNetworks(since time: Timestamp) throws -> [UsedNetwork] {
    guard try version() >= 4 else { return [] }
    return try session.rows(
      """
      SELECT token_id, network, ordinal, first_used_at FROM used_network
      WHERE first_used_at >= ? ORDER BY first_used_at, token_id, ordinal
      """, [time.secondsSince1970]
    ) { fields in
      UsedNetwork(
        token: try fields.id(0), network: try fields.checked(1, Network(try fields.text(1))),
        ordinal: Int(try fields.integer(2)), firstUsedAt: try fields.time(3))
    }
  }

  /// Keeps the networks of a use that are new; those of a token that has reached the bound are not.
  ///
  /// A token whose networks were not kept so far has that of its last use before as the first.
  package func addNetworks(of use: TokenIDUse) throws {
    guard let time = use.firstUsedAt else { return }
    if try networkCount(of: use.token) == 0 {
      for known in try uses(of: use.token) {
        guard let source = known.source, let first = known.firstUsedAt else { continue }
        try add(Network(around: source), of: use.token, at: first)
      }
    }
    // In the order in which they were met: the last one comes last.
    for source in use.otherSources + [use.source].compactMap({ $0 }) {
      try add(Network(around: source), of: use.token, at: time)
    }
  }

  private func networkCount(of token: TokenRowID) throws -> Int {
    try session.count("SELECT count(*) FROM used_network WHERE token_id = ?", [token.rawValue])
  }

  private func add(_ network: Network, of token: TokenRowID, at time: Timestamp) throws {
    try session.execute(
      """
      INSERT INTO used_network (token_id, network, ordinal, first_used_at)
      SELECT ?1, ?2, known.count + 1, ?3
      FROM (SELECT count(*) AS count FROM used_network WHERE token_id = ?1) AS known
      WHERE known.count < ?4
      ON CONFLICT (token_id, network) DO NOTHING
      """,
      [token.rawValue, network.description, time.secondsSince1970, UsedNetwork.maximumCount])
  }

  /// The document of a denial has the token's id where the token is known.
  package func denialTimes(since time: Timestamp) throws -> [TokenRowID: [Timestamp]] {
    let found = try session.rows(
      """
      SELECT number, json_extract(document, '$.tokenID'), at FROM denial
      WHERE at >= ? AND json_extract(document, '$.tokenID') IS NOT NULL ORDER BY at, number
      """, [time.secondsSince1970]
    ) { (token: try $0.checked(1, TokenRowID(try $0.text(1))), at: try $0.time(2)) }
    return Dictionary(grouping: found, by: \.token).mapValues { $0.map(\.at) }
  }
}
