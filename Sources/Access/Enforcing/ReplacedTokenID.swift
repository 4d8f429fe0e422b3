/// The fact that the presented Token ID is an older one of its token.
///
/// After a rotation the older Token ID stays valid until the newer one is first used, and at the latest until
/// a time that was set when the newer one was made. Only the Token ID right before the newest stays valid, so
/// that at most two Token IDs of a token open anything.
package struct ReplacedTokenID: Hashable, Sendable {
  /// The instant from which the older Token ID is no longer valid.
  package let validUntil: Timestamp
  /// The number of newer Token IDs that the token has, at least 1.
  package let newerCount: Int
  /// Whether a newer Token ID of the token was used.
  package let isNewerUsed: Bool

  package init(validUntil: Timestamp, newerCount: Int, isNewerUsed: Bool) {
    self.validUntil = validUntil
    self.newerCount = newerCount
    self.isNewerUsed = isNewerUsed
  }

  /// Whether the token was rotated again since then.
  package var isReplacedAgain: Bool { newerCount > 1 }

  func hasEnded(at now: Timestamp) -> Bool { isReplacedAgain || isNewerUsed || validUntil <= now }
}
