internal import Access
package import Store
internal import Sealing

/// What became of looking for every Token ID of a store.
package struct TokenIDSearch: Hashable, Sendable {
  /// The number of those that were found.
  package var found = 0
  /// The number of those that were opened for that, and hashed anew. The others were looked for by the hash that the store
  /// has of them, because the key that opens them is not here.
  package var opened = 0
  /// The number of those that a gate would not find.
  package var lost = 0

  package init() {}
}

extension Administration {
  /// Looks for every Token ID of a store by its hash, as a gate does. The store need not be the one of these use cases; its
  /// keys are those that are known here.
  package func findTokenIDs(
    in reader: any StoreReader, progress: (Int) throws -> Void = { _ in }
  ) throws -> TokenIDSearch {
    var search = TokenIDSearch()
    var place: Int64?
    while true {
      let some = try reader.tokenIDs(after: place, limit: 200)
      guard let last = some.last else { return search }
      place = last.place
      let hashes = some.map { hash($0.stored, &search) }
      let found = try reader.storedTokenIDs(hashes)
      for (placed, (hash, found)) in zip(some, zip(hashes, found)) {
        let isThere = try found.map { $0.id == placed.stored.id } ?? reader.isOfDeletedAccount(hash)
        if isThere { search.found += 1 } else { search.lost += 1 }
      }
      try progress(search.found + search.lost)
    }
  }

  /// The hash of a Token ID: made of the Token ID itself, where the keys for that are here. One that is damaged is opened by
  /// nobody, and found all the same.
  private func hash(_ stored: StoredTokenID, _ search: inout TokenIDSearch) -> LookupHash {
    guard let seal = try? ring.seal(stored.sealed.key), let lookup = try? ring.lookup(stored.lookup.key),
      let id = try? seal.open(stored.sealed, for: SealPlace(stored))
    else { return stored.lookup }
    search.opened += 1
    return lookup.hash(of: id)
  }
}
