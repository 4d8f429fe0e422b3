internal import Access
internal import Sealing
internal import Store

/// How a rewriting goes on, and when it stops.
package struct RewritingPace {
  /// How many rows the first transaction has; the next ones follow from how long it took.
  let firstBatch: Int
  /// Told how many Token IDs of how many are done.
  package let progress: (Int, Int) -> Void
  package let isStopped: () -> Bool
  /// Waits for so many microseconds, while others write.
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

/// Puts stored Token IDs under another key. Each is opened for a moment, and never leaves here.
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

  /// Nil where it is damaged.
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

  /// Who can write the store could have a hash lead to anybody: that must not be mended without a word.
  private func isFound(_ stored: StoredTokenID, by id: TokenID) throws -> Bool {
    try ring.lookup(stored.lookup.key).hash(of: id) == stored.lookup
  }
}
