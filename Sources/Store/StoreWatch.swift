package import Access

/// Counts the changes that can alter a decision: raised in the transaction of each.
package typealias Generation = Int64

/// A reader for whoever keeps in memory what was read, and asks before each use whether it is still true.
/// It is one thread's at a time.
///
/// Errors: ``StoreError``; ``StoreError/replaced(path:)`` where the store is another one by now.
package protocol StoreWatch: AnyObject {
  /// Whether anybody committed anything since the last read. It takes microseconds, and no lock.
  func hasChanged() throws -> Bool
  /// Reads one consistent state, with its generation.
  func read<Result>(_ body: (any StoreReader, Generation) throws -> Result) throws -> Result
}

/// A token that was found by its Token ID.
package struct FoundToken: Hashable, Sendable {
  package let token: Token
  /// The Token ID that was presented.
  package let secret: TokenSecretID
  /// Nil where that is the newest.
  package let older: OlderTokenID?

  package init(token: Token, secret: TokenSecretID, older: OlderTokenID? = nil) {
    self.token = token
    self.secret = secret
    self.older = older
  }
}

/// An older Token ID of a rotated token.
package struct OlderTokenID: Hashable, Sendable {
  package let validUntil: Timestamp
  /// Those that were made after it.
  package let newer: [TokenSecretID]

  package init(validUntil: Timestamp, newer: [TokenSecretID]) {
    self.validUntil = validUntil
    self.newer = newer
  }
}
