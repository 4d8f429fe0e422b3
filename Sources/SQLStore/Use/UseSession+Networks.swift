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

  /// Keeps the networks of uses that are new; those of a token that has reached the bound are not.
  ///
  /// A token whose networks were not kept so far has that of its last use before as the first.
  package func addNetworks(of uses: [TokenIDUse]) throws {
    var known = try networks(of: Set(uses.filter { $0.firstUsedAt != nil }.map(\.token)))
    for use in uses {
      guard let time = use.firstUsedAt else { continue }
      if known[use.token] == nil {
        for former in try self.uses(of: [use.token]) {
          guard let source = former.source, let first = former.firstUsedAt else { continue }
          try add(Network(around: source), of: use.token, at: first)
        }
      }
      // In the order in which they were met: the last one comes last.
      for source in use.otherSources + [use.source].compactMap({ $0 }) {
        let network = Network(around: source)
        guard known[use.token, default: []].insert(network.description).inserted else { continue }
        try add(network, of: use.token, at: time)
      }
    }
  }

  /// The networks that are kept of tokens; nothing for a token of which none is.
  private func networks(of tokens: Set<TokenRowID>) throws -> [TokenRowID: Set<String>] {
    var found: [TokenRowID: Set<String>] = [:]
    for portion in Session.portions(of: tokens.sorted()) {
      let marks = portion.map { _ in "?" }.joined(separator: ", ")
      let rows = try session.rows(
        "SELECT token_id, network FROM used_network WHERE token_id IN (\(marks))", portion.map(\.rawValue)
      ) { (token: try $0.id(0) as TokenRowID, network: try $0.text(1)) }
      for row in rows { found[row.token, default: []].insert(row.network) }
    }
    return found
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
