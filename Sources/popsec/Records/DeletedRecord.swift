import Access
import Administration
import Store

/// A deleted thing.
struct DeletedRecord: Record {
  let item: DeletedItem

  static let columns: [Column<Self>] = [
    Column("kind", "Kind", { Word($0.item.row.kind) }) { $0.item.row.kind.title },
    Column("name", "Name") { $0.item.row.name.text },
    // The thing to which it belonged, such as the connector of a list.
    Column("place", "Of") { $0.item.row.place },
    Column("deleted", "Deleted (UTC)", { $0.item.row.deletedAt.printed }) {
      $0.item.row.deletedAt.minute
    },
    Column("deletedBy", "By") { $0.item.deletedBy },
    Column("daysLeft", "Days left", alignsRight: true) { $0.item.daysLeft },
    Column("id", "ID") { $0.item.row.thing.idText },
  ]
}

/// A thing that was restored or purged.
struct DeletedChangeRecord: Record {
  let thing: DeletedThing
  /// The present name of the thing, or its last name.
  let name: String

  static let columns: [Column<Self>] = [
    .data("id") { $0.thing.idText },
    .data("kind") { Word($0.thing.kind) },
    .data("name") { $0.name },
  ]
}
