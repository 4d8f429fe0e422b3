import Access
import Administration
import Store

/// Something deleted, as JSON. The keys are what scripts rely on.
struct DeletedRecord: Encodable {
  let id: String
  let kind: String
  let name: String
  /// Where it was, such as the connector of a list.
  let place: Nullable<String>
  let deleted: String
  let deletedBy: Nullable<String>
  let daysLeft: Int

  init(_ item: DeletedItem) {
    id = item.row.thing.idText
    kind = item.row.kind.rawValue
    name = item.row.name.text
    place = Nullable(item.row.place)
    deleted = item.row.deletedAt.description
    deletedBy = Nullable(item.deletedBy)
    daysLeft = item.daysLeft
  }
}

/// Something that was restored or purged, as JSON.
struct DeletedChangeRecord: Encodable {
  let id: String
  let kind: String
  /// What it is called now, or was.
  let name: String

  init(_ thing: DeletedThing, name: String) {
    id = thing.idText
    kind = thing.kind.rawValue
    self.name = name
  }
}
