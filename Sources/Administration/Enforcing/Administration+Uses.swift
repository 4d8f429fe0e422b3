package import Access
package import Store

/// How a token was used, as far as that is known.
package struct TokenUsage: Hashable, Sendable {
  /// One of the token's Token IDs.
  package struct ID: Hashable, Sendable {
    package let secret: TokenSecretID
    package let hint: TokenHint
    /// The latest time until which an older Token ID is valid; nil for the newest.
    package let validUntil: Timestamp?
    package let use: TokenIDUse?
  }

  /// The Token IDs, the newest first.
  package let ids: [ID]
  package let lastUsedAt: Timestamp?
  /// The source address of the last use.
  package let source: IPAddress?
  package let place: UsedPlace?
  package let useCount: Int
  package let denialCount: Int
  /// Whether the uses are known. Where the records of gates can't be read, an absent use does not mean that
  /// the token was not used.
  package let isKnown: Bool

  init(ids: [ID], recorded: Timestamp?, isKnown: Bool = true) {
    self.ids = ids
    self.isKnown = isKnown
    let uses = ids.compactMap(\.use)
    let last = uses.max { ($0.lastUsedAt ?? .distantPast) < ($1.lastUsedAt ?? .distantPast) }
    lastUsedAt = [last?.lastUsedAt, recorded].compactMap { $0 }.max()
    source = last?.source
    place = last?.place
    useCount = Self.sum(uses.map(\.useCount))
    denialCount = Self.sum(uses.map(\.denialCount))
  }

  /// The sum of the counts, or the greatest number where the sum would overflow, because the counts come from
  /// a file.
  private static func sum(_ counts: [Int]) -> Int {
    counts.reduce(0) { sum, count in
      let (total, isBeyond) = sum.addingReportingOverflow(count)
      return isBeyond ? .max : total
    }
  }

  /// The older Token ID that is still valid at this time: the one before the newest of a live token, while
  /// the newest was not used. The result is nil where there is none.
  package func olderValid(of token: Token, at now: Timestamp) -> ID? {
    guard isKnown, token.state(at: now) == .live, ids.count > 1, ids[0].use?.useCount ?? 0 == 0,
      let end = ids[1].validUntil, end > now
    else { return nil }
    return ids[1]
  }
}

extension Administration {
  /// The reason why the uses of tokens are not known; nil where they are known.
  package func useTrouble() -> UseTrouble? {
    do { _ = try uses.uses(since: .distantPast, after: nil, limit: 1) } catch { return error as? UseTrouble }
    return nil
  }

  /// The recorded uses of these tokens by their ids; nil where they can't be read.
  func knownUses(of tokens: [Token]) throws -> [TokenRowID: [TokenIDUse]]? {
    do { return Dictionary(grouping: try uses.uses(of: tokens.map(\.id)), by: \.token) } catch is UseTrouble {
      return nil
    }
  }

  /// The usage of each of these tokens.
  package func usage(of tokens: [Token]) throws -> [TokenRowID: TokenUsage] {
    let uses = try knownUses(of: tokens)
    return try read { try usage(of: tokens, $0, uses) }
  }

  /// The same for tokens that were read by this reader.
  package func usage(of tokens: [Token], _ reader: any SecurityReader) throws -> [TokenRowID: TokenUsage] {
    try usage(of: tokens, reader, try knownUses(of: tokens))
  }

  private func usage(
    of tokens: [Token], _ reader: any SecurityReader, _ uses: [TokenRowID: [TokenIDUse]]?
  ) throws -> [TokenRowID: TokenUsage] {
    try reader.foresee(tokens.map { token in { _ = try $0.tokenIDs(of: token.id) } })
    var found: [TokenRowID: TokenUsage] = [:]
    for token in tokens {
      let known = uses?[token.id] ?? []
      let ids = try reader.tokenIDs(of: token.id).map { id in
        TokenUsage.ID(
          secret: id.secret, hint: id.hint, validUntil: id.validUntil,
          use: known.first { $0.secret == id.secret })
      }
      found[token.id] = TokenUsage(ids: ids, recorded: token.lastUsedAt, isKnown: uses != nil)
    }
    return found
  }

  /// The rows with the last use that gates recorded, where that is later than what the store knows. Where the records
  /// can't be read (``useTrouble()``), the rows stay as they are.
  package func withUses(_ rows: [AccountRow], _ reader: any SecurityReader) throws -> [AccountRow] {
    let accounts = try reader.tokens(ofEach: rows.map(\.account.id))
    let known: [TokenIDUse]
    do { known = try uses.uses(of: Array(accounts.keys)) } catch is UseTrouble { return rows }
    var last: [AccountID: Timestamp] = [:]
    for use in known {
      guard let time = use.lastUsedAt, let account = accounts[use.token] else { continue }
      last[account] = max(last[account] ?? time, time)
    }
    return rows.map { row in
      var row = row
      row.lastUsedAt = [row.lastUsedAt, last[row.account.id]].compactMap { $0 }.max()
      return row
    }
  }

  /// Takes over all uses, for work that asks for them as a whole: an order or a condition by the last use.
  ///
  /// - Parameter waits: whether to wait for others who are writing, as a change does.
  @discardableResult
  package func takeOverUses(waits: Bool = false) throws -> UseTakeOver.Outcome {
    try UseTakeOver().finish(self, waits: waits)
  }

  /// Takes over all uses for a change whose things are chosen by their use. It is not made where the uses are unknown.
  ///
  /// Errors: ``UseTrouble``, ``StoreError``.
  package func requireUses() throws {
    try takeOverUses(waits: true)
    if let trouble = useTrouble() { throw trouble }
  }
}
