package import Access
internal import Store

/// Counts the tokens that end soon, for whoever watches a gate. It belongs to one thread.
package final class EndingTokens {
  /// The days from now within which a token ends that is counted: one of the thresholds of notices and reviews.
  package static let days: Int64 = 7

  private let follower: Follower
  private let now: @Sendable () -> Timestamp

  package init(_ store: EnforcedStore, now: @escaping @Sendable () -> Timestamp) {
    (follower, self.now) = (Follower(store), now)
  }

  /// The number of tokens of living accounts, neither revoked nor disabled, that end within ``days``.
  ///
  /// Errors: ``StoreError``.
  package func count() throws -> Int {
    let now = now()
    return try follower.read { reader, _ in
      try reader.tokenCount(endingAfter: now, upTo: now.adding(days: Self.days))
    }
  }
}

extension Administration {
  /// The number of tokens of living accounts, neither revoked nor disabled, that end in each of these successive
  /// stretches of so many days from now on. All numbers are of one state, and found by an index.
  package func endingTokenCounts(days: Int64, stretches: Int = 1) throws -> [Int] {
    let now = now
    return try read(.useCase(.securityRead)) { reader in
      try (0..<Int64(stretches)).map { stretch in
        let start = now.adding(days: days * stretch)
        return try reader.tokenCount(endingAfter: start, upTo: start.adding(days: days))
      }
    }
  }
}
