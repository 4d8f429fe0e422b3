package import Access

/// A number that each change which can alter a decision raises in its own transaction.
package typealias Generation = Int64

/// A reader for code that keeps in memory what it read, and asks before each use whether it is still true.
/// Only one thread at a time may use it.
///
/// Errors: ``StoreError``; ``StoreError/replaced(path:)`` where the path now holds another store.
package protocol StoreWatch: AnyObject {
  /// Whether anybody committed anything since the last read. The question takes microseconds, and no lock.
  func hasChanged() throws -> Bool
  /// Whether nobody committed anything since the last read, asked in the cheapest way: true only where that is certain.
  /// Otherwise ``hasChanged()`` tells.
  func isSurelyUnchanged() -> Bool
  /// How far the store had come at the last read; nil for a store on this machine.
  var lastRead: CommitMark? { get }
  /// Reads one consistent state, with its generation.
  func read<Result>(_ body: (any StoreReader, Generation) throws -> Result) throws -> Result
}

/// A token that was found by its Token ID.
package struct FoundToken: Hashable, Sendable {
  package let token: Token
  /// The Token ID that was presented.
  package let secret: TokenSecretID
  /// The older Token ID that was presented; nil where the newest one was.
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
  /// The Token IDs that were made after this one.
  package let newer: [TokenSecretID]

  package init(validUntil: Timestamp, newer: [TokenSecretID]) {
    self.validUntil = validUntil
    self.newer = newer
  }
}
