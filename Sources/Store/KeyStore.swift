package import Access

/// What the store is, and which keys its Token IDs are kept under.
package protocol KeyReading {
  func storeID() throws -> StoreID
  func keyUse(_ kind: TokenKeyKind) throws -> TokenKeyUse
  /// The key of the Token ID that was made first of those that are there; nil where there is none.
  func firstKey(_ kind: TokenKeyKind) throws -> KeyID?
  /// How many Token IDs are kept under which keys. It takes as long as there are many.
  func tokenIDCounts(_ kind: TokenKeyKind) throws -> [KeyID: Int]
  /// Token IDs that are not kept under that key, those of revoked tokens and deleted accounts too, in the
  /// order in which they lie in the store; `after` continues.
  func tokenIDs(
    notUnder key: KeyID, _ kind: TokenKeyKind, after place: Int64?, limit: Int
  ) throws -> [PlacedTokenID]
}

extension KeyReading {
  /// By which keys the store goes, also where it does not say so, since its key was never exchanged: then by that of
  /// its Token IDs. It says nothing only where it has none.
  package func presentKeyUse(_ kind: TokenKeyKind) throws -> TokenKeyUse {
    var use = try keyUse(kind)
    if use.current == nil { use.current = try firstKey(kind) }
    return use
  }
}

package protocol KeyWriting {
  /// Says by which keys the store goes from now on.
  func setKeyUse(_ use: TokenKeyUse, _ kind: TokenKeyKind) throws
  /// Keeps a Token ID under another key of that kind. No decision rests on which it is. False, and nothing,
  /// where it is no longer as it was read.
  func rewrite(_ id: PlacedTokenID, _ kind: TokenKeyKind, as new: StoredTokenID) throws -> Bool
  /// Makes the generation at least that, so that whoever kept in memory what it read forgets it.
  func raiseGeneration(to generation: Generation) throws
}

/// A Token ID, and where it lies in the store.
package struct PlacedTokenID: Hashable, Sendable {
  package let stored: StoredTokenID
  package let place: Int64

  package init(_ stored: StoredTokenID, place: Int64) {
    self.stored = stored
    self.place = place
  }
}
