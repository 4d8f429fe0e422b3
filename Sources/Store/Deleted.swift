package import Access

/// The place of a row in the list of deleted things: the latest deletion first, then by kind and name.
package struct DeletedCursor: Hashable, Sendable {
  package let deletedAt: Timestamp
  package let kind: DeletedKind
  package let nameKey: String
  package let id: Int64

  package init(deletedAt: Timestamp, kind: DeletedKind, nameKey: String, id: Int64) {
    self.deletedAt = deletedAt
    self.kind = kind
    self.nameKey = nameKey
    self.id = id
  }
}

/// A deleted thing as a list shows it.
package struct DeletedRow: Hashable, Sendable {
  package let thing: DeletedThing
  package let name: Name
  /// The place of the thing, such as the connector of a list; nil for a thing that has no place.
  package let place: String?
  /// The ``Deletion/number`` of the deletion; 0 where the thing was deleted before deletions were numbered.
  package let deletion: Int64
  package let cursor: DeletedCursor

  package init(thing: DeletedThing, name: Name, place: String?, deletion: Int64, cursor: DeletedCursor) {
    self.thing = thing
    self.name = name
    self.place = place
    self.deletion = deletion
    self.cursor = cursor
  }

  package var kind: DeletedKind { thing.kind }
  package var deletedAt: Timestamp { cursor.deletedAt }
}

/// The conditions on deleted things. Things that were deleted with their connector or list are not listed,
/// because they come back with it.
package struct DeletedQuery: Hashable, Sendable {
  package var kinds: Set<DeletedKind>
  package var matching: SearchText?

  package init(kinds: Set<DeletedKind> = Set(DeletedKind.allCases), matching: SearchText? = nil) {
    self.kinds = kinds
    self.matching = matching
  }
}

/// The reason why a deleted thing can't be purged yet.
package enum PurgeObstacle: Hashable, Sendable {
  /// Living widgets and endpoints belong to the thing.
  case livingPlaces(Int)
  /// Tokens that are not revoked are limited to the thing. Without it they would be limited to nothing.
  case limitedTokens(Int)
}

/// Parts of a grant that left the catalogue. They are in effect again when they come back.
package struct GoneParts: Hashable, Sendable {
  package var companies: [CompanyID] = []
  package var lists: [ListID] = []
  package var items: [ItemID] = []

  package init(companies: [CompanyID] = [], lists: [ListID] = [], items: [ItemID] = []) {
    self.companies = companies
    self.lists = lists
    self.items = items
  }

  package var isEmpty: Bool { companies.isEmpty && lists.isEmpty && items.isEmpty }

  package func subtracting(_ other: GoneParts) -> GoneParts {
    GoneParts(
      companies: companies.filter { !other.companies.contains($0) },
      lists: lists.filter { !other.lists.contains($0) }, items: items.filter { !other.items.contains($0) })
  }
}
