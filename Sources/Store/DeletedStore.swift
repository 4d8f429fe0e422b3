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

package protocol DeletedReading {
  /// Windows over what is deleted; `limit` is at most ``maximumPageRows``.
  func deleted(
    _ query: DeletedQuery, _ position: PagePosition<DeletedCursor>, limit: Int
  ) throws -> Page<DeletedRow>
  func deletedCount(_ query: DeletedQuery) throws -> Int
  /// Nil where it lives, never was, is purged, or went along with something that is deleted.
  func deleted(_ thing: DeletedThing) throws -> DeletedRow?
  /// Those of that name, the latest first, at most so many.
  func deleted(_ kind: DeletedKind, named key: NameKey, limit: Int) throws -> [DeletedRow]
  /// By which ``Deletion/number`` something went that lives again; nil where it never went.
  func lastDeletion(of thing: DeletedThing) throws -> Int64?
  /// A user or API user that is deleted.
  func deletedAccount(_ id: AccountID) throws -> Account?
  /// What something deleted gave when it lived: a user's or team's authority.
  func formerAuthority(of thing: DeletedThing) throws -> Authority
  /// Whether a name of that kind is free for it among the living of the same place.
  func isFree(_ name: Name, for thing: DeletedThing) throws -> Bool
  /// All that is of something, or names it, and lives: a team's members, a role's holders; of the catalogue its
  /// parts, and the grants, widgets, endpoints and limited tokens that name it. Ids, each with its kind before it.
  func dependents(of thing: DeletedThing) throws -> [String]
  /// How many parts go along with it.
  func partCount(of thing: DeletedThing) throws -> Int
  func purgeObstacle(of thing: DeletedThing) throws -> PurgeObstacle?
  /// What was kept long enough and can be purged: at most so many, parts before what they were of.
  func overdue(_ bounds: PurgeBounds, limit: Int) throws -> [DeletedRow]
  /// The last audit row after that one that tells of a change to a target.
  func lastChange(of target: AuditTarget.Kind, id: String, after sequence: Int64) throws -> AuditRecord?
  /// Who deleted it, as far as the audit log tells without a long search.
  func deleter(of row: DeletedRow) throws -> String?
}

package protocol DeletedWriting {
  /// Makes something deleted live again under that name, with its memberships, roles and grants, and, where
  /// its parts are wanted, with what went along with it. Its tokens stay revoked.
  func restore(_ thing: DeletedThing, as name: Name, withParts: Bool) throws
  /// Names of what is deleted need not be unique.
  func rename(deleted thing: DeletedThing, to name: Name) throws
  /// Removes something deleted for good, with all that is of it. What living things name of it they name
  /// no more.
  func purge(_ thing: DeletedThing) throws
  /// The parts of a grant that left the catalogue.
  func goneParts(of grant: GrantID) throws -> GoneParts
  /// Gives a grant parts that left the catalogue.
  func add(_ parts: GoneParts, to grant: GrantID) throws
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
