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
    return try read { reader in
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
  }

  /// Copies the times of last use from the gates' records into the store, so that lists can be ordered by
  /// them. Returns the time from which there may be more; that is `since` where others are writing. Without
  /// `since` it begins a day before the latest use that the store knows. Nothing is copied where the store is
  /// read-only, or where the records can't be read.
  @discardableResult
  package func takeOverUses(since: Timestamp? = nil) throws -> (next: Timestamp, tokenCount: Int) {
    // A use in the future must not hide the uses that follow it.
    var since = try since ?? read { try $0.lastUse() }.map { min($0, now).adding(days: -1) } ?? .distantPast
    let start = since
    var after: TokenSecretID?
    var count = 0
    while true {
      let page: [TokenIDUse]
      do { page = try uses.uses(since: since, after: after, limit: maximumPageRows) } catch is UseTrouble {
        return (start, count)
      }
      guard let taken = try takeOver(page) else { return (start, count) }
      count += taken
      guard let last = page.last, let time = last.lastUsedAt else { break }
      (since, after) = (time, last.secret)
      if page.count < maximumPageRows { break }
    }
    // Another gate may record a slightly earlier use slightly later.
    return (max(start, since.adding(seconds: -Self.lateSeconds)), count)
  }

  private static var lateSeconds: Int64 { 30 }

  /// Records the uses; nil where others are writing. A list does not wait for them, and the uses are copied
  /// the next time.
  private func takeOver(_ uses: [TokenIDUse]) throws -> Int? {
    let news = try read { reader in
      try uses.compactMap { use -> (token: TokenRowID, at: Timestamp)? in
        guard let time = use.lastUsedAt, let token = try reader.token(use.token),
          token.lastUsedAt.map({ $0 < time }) ?? true
        else { return nil }
        return (use.token, time)
      }
    }
    guard !news.isEmpty else { return 0 }
    do { try store.writeAtOnce { try $0.setLastUse(news) } } catch {
      switch error {
      case StoreError.readOnly: return 0
      case StoreError.busy: return nil
      default: throw error
      }
    }
    return news.count
  }
}
