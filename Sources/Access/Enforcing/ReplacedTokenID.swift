/// That the Token ID which was presented is an older one of its token.
///
/// A rotated token's older Token ID stays valid until the newer one was first used, and at the latest
/// until a time that was set when the newer one was made. Only the one right before the newest stays valid: those
/// before it have ended, so that at most two Token IDs of a token open anything.
package struct ReplacedTokenID: Hashable, Sendable {
  /// From then on it is no longer valid.
  package let validUntil: Timestamp
  /// How many newer Token IDs the token has; 1 or more.
  package let newerCount: Int
  /// Whether a newer Token ID of the token was used.
  package let isNewerUsed: Bool

  package init(validUntil: Timestamp, newerCount: Int, isNewerUsed: Bool) {
    self.validUntil = validUntil
    self.newerCount = newerCount
    self.isNewerUsed = isNewerUsed
  }

  /// Whether the token was rotated again since.
  package var isReplacedAgain: Bool { newerCount > 1 }

  func hasEnded(at now: Timestamp) -> Bool { isReplacedAgain || isNewerUsed || validUntil <= now }
}
