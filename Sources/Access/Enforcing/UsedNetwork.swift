/// A network from which a token was used (``Network/init(around:)``).
package struct UsedNetwork: Hashable, Sendable {
  package let token: TokenRowID
  package let network: Network
  /// Which of the token's networks it is; 1 is the first from which the token was ever used.
  package let ordinal: Int
  package let firstUsedAt: Timestamp

  /// So many are kept of each token. A token that is used from more is used from anywhere.
  package static let maximumCount = 64

  package init(token: TokenRowID, network: Network, ordinal: Int, firstUsedAt: Timestamp) {
    self.token = token
    self.network = network
    self.ordinal = ordinal
    self.firstUsedAt = firstUsedAt
  }
}
