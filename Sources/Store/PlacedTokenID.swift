package import Access

/// A Token ID together with its place in the store.
package struct PlacedTokenID: Hashable, Sendable {
  package let stored: StoredTokenID
  package let place: Int64

  package init(_ stored: StoredTokenID, place: Int64) {
    self.stored = stored
    self.place = place
  }
}
