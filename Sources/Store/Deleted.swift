package import Access

/// A row's place among what is deleted: the latest first, then by kind and name.
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

/// Something deleted, as a list shows it.
package struct DeletedRow: Hashable, Sendable {
  package let thing: DeletedThing
  package let name: Name
  /// Where it was, such as the connector of a list; nil for what is in nothing.
  package let place: String?
  /// By which ``Deletion/number`` it went; 0 where it went before they were numbered.
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

/// Which of what is deleted. What went along with its connector or list comes back with that, and
/// isn't among it.
package struct DeletedQuery: Hashable, Sendable {
  package var kinds: Set<DeletedKind>
  package var matching: SearchText?

  package init(kinds: Set<DeletedKind> = Set(DeletedKind.allCases), matching: SearchText? = nil) {
    self.kinds = kinds
    self.matching = matching
  }
}

/// Why something deleted must stay for now.
package enum PurgeObstacle: Hashable, Sendable {
  /// Living widgets and endpoints are of it.
  case livingPlaces(Int)
  /// Tokens that are not revoked are limited to it: without it they would be limited to nothing.
  case limitedTokens(Int)
}

/// Parts of a grant that left the catalogue, and count again when they are back.
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
