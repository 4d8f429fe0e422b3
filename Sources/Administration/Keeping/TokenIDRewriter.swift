internal import Access
internal import Sealing
internal import Store

/// The pace of a rewriting, and when it stops.
package struct RewritingPace {
  /// The number of rows in the first transaction. The size of the later ones depends on its duration.
  let firstBatch: Int
  /// Receives the number of Token IDs that are done, and of all.
  package let progress: (Int, Int) -> Void
  package let isStopped: () -> Bool
  /// Waits for this number of microseconds, while others write.
  package let rest: (Int) -> Void
  /// A clock that only goes forward.
  package let microseconds: () -> Int64

  package init(
    firstBatch: Int = 250, progress: @escaping (Int, Int) -> Void, isStopped: @escaping () -> Bool,
    rest: @escaping (Int) -> Void,
    microseconds: @escaping () -> Int64
  ) {
    self.firstBatch = firstBatch
    self.progress = progress
    self.isStopped = isStopped
    self.rest = rest
    self.microseconds = microseconds
  }
}

/// Moves stored Token IDs to another key. Each is open for a moment, and never leaves this type.
struct TokenIDRewriter {
  private let ring: KeyRing
  private let kind: TokenKeyKind
  private let new: KeyID
  private(set) var damaged: [TokenRowID] = []

  init(_ ring: KeyRing, _ kind: TokenKeyKind, to new: KeyID) {
    self.ring = ring
    self.kind = kind
    self.new = new
  }

  /// The row under the new key; nil where the row is damaged.
  mutating func rewritten(_ row: PlacedTokenID) throws -> (was: PlacedTokenID, new: StoredTokenID)? {
    let was = row.stored
    let place = SealPlace(was)
    let sealKey = try ring.seal(was.sealed.key)
    guard let tokenID = try? sealKey.open(was.sealed, for: place), try isFound(was, by: tokenID) else {
      damaged.append(was.token)
      return nil
    }
    let lookup = kind == .lookup ? try ring.lookup(new).hash(of: tokenID) : was.lookup
    let sealed = kind == .seal ? try ring.seal(new).seal(tokenID, for: place) : was.sealed
    return (
      row,
      StoredTokenID(
        id: was.id, token: was.token, account: was.account, lookup: lookup, sealed: sealed, hint: was.hint,
        createdAt: was.createdAt)
    )
  }

  /// Whether the hash belongs to the Token ID. Somebody who can write the store could make a hash lead to any
  /// row, and that must not be repaired silently.
  private func isFound(_ stored: StoredTokenID, by id: TokenID) throws -> Bool {
    try ring.lookup(stored.lookup.key).hash(of: id) == stored.lookup
  }
}
