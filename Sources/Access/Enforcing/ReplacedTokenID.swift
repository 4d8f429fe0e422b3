/// That the Token ID which was presented is an older one of its token.
///
/// A rotated token's older Token ID stays valid until the newer one was first used, and at the latest
/// until a time that was set when the newer one was made.
package struct ReplacedTokenID: Hashable, Sendable {
  /// From then on it is no longer valid.
  package let validUntil: Timestamp
  /// Whether a newer Token ID of the token was used.
  package let isNewerUsed: Bool

  package init(validUntil: Timestamp, isNewerUsed: Bool) {
    self.validUntil = validUntil
    self.isNewerUsed = isNewerUsed
  }

  func hasEnded(at now: Timestamp) -> Bool { isNewerUsed || validUntil <= now }
}
