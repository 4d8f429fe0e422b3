internal import Access
internal import Store

/// A table of named catalogue entries. Names are unique among the living entries of one parent.
struct CatalogueTable {
  let name: String
  /// The columns that identify an entry together with name_key.
  let parents: [String]
  /// The other columns, besides id, name and name_key.
  let others: [String]

  static let connector = CatalogueTable(name: "connector", parents: [], others: [])
  static let company = CatalogueTable(name: "company", parents: ["connector_id"], others: [])
  static let list = CatalogueTable(
    name: "data_list", parents: ["connector_id"], others: ["group_name", "group_key"])
  static let item = CatalogueTable(name: "item", parents: ["list_id", "kind"], others: [])
  static let widget = CatalogueTable(
    name: "widget", parents: [], others: ["url", "connector_id", "enabled", "open"])
  static let endpoint = CatalogueTable(
    name: "endpoint", parents: [], others: ["url", "connector_id", "list_id", "enabled", "address_match"])
}

/// A catalogue entry as the values of its columns.
struct CatalogueRow {
  let table: CatalogueTable
  var thing: DeletedThing
  let name: Name
  /// The values of the table's parents and others, in the order of the table.
  let parents: [Session.Value]
  let others: [Session.Value]
}

extension CatalogueRow {
  init(_ entry: CatalogueEntry) {
    switch entry {
    case .connector(let connector): self.init(.connector, connector)
    case .company(let company): self.init(.company, company, parents: [company.connector.rawValue])
    case .list(let list):
      self.init(
        .list, list, parents: [list.connector.rawValue],
        others: [list.group?.text, list.group.map { NameKey($0).text }])
    case .item(let item):
      self.init(.item, item, parents: [item.list.rawValue, item.kind.rawValue])
    case .widget(let widget):
      self.init(
        .widget, widget,
        others: [widget.address.text, widget.connector.rawValue, widget.isEnabled, widget.isOpen])
    case .endpoint(let endpoint):
      self.init(
        .endpoint, endpoint,
        others: [
          endpoint.address.text, endpoint.connector.rawValue, endpoint.list.rawValue, endpoint.isEnabled,
          endpoint.match.rawValue,
        ])
    }
  }

  private init(
    _ table: CatalogueTable, _ member: some CatalogueMember, parents: [Session.Value] = [],
    others: [Session.Value] = []
  ) {
    self.init(table: table, thing: member.thing, name: member.name, parents: parents, others: others)
  }
}

extension Session {
  /// Inserts an entry, or brings back the entry of that name that was deleted last. Returns the thing as
  /// which it stands in the store.
  func revive(_ entry: CatalogueRow) throws -> DeletedThing {
    let key = NameKey(entry.name).text
    guard let deleted: Identifier<DeletedThing> = try deleted(entry.table, entry.parents + [key]) else {
      try insert(entry, key)
      return entry.thing
    }
    var revived = entry
    revived.thing = DeletedThing(entry.thing.kind, deleted)
    try execute("UPDATE \(entry.table.name) SET deleted_at = NULL WHERE id = ?", [deleted.rawValue])
    try change(revived)
    return revived.thing
  }

  /// The last deleted entry that has these parents and this name key.
  func deleted<Kind>(_ table: CatalogueTable, _ place: [Value]) throws -> Identifier<Kind>? {
    let conditions = (table.parents + ["name_key"]).map { "\($0) = ?" }.joined(separator: " AND ")
    return try first(
      """
      SELECT id FROM \(table.name) WHERE \(conditions) AND deleted_at IS NOT NULL
      ORDER BY deleted_at DESC, id LIMIT 1
      """, place
    ) { try $0.id(0) }
  }

  private func insert(_ entry: CatalogueRow, _ key: String) throws {
    let columns = ["id", "name", "name_key"] + entry.table.parents + entry.table.others
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    try execute(
      "INSERT INTO \(entry.table.name) (\(columns.joined(separator: ", "))) VALUES (\(marks))",
      [entry.thing.id, entry.name.text, key] + entry.parents + entry.others)
  }

  /// Replaces the name and the other columns of a living entry. Returns false where there is none.
  @discardableResult
  func change(_ entry: CatalogueRow) throws -> Bool {
    let columns = ["name", "name_key"] + entry.table.others
    let settings = columns.map { "\($0) = ?" }.joined(separator: ", ")
    let count = try changeCount(
      "UPDATE \(entry.table.name) SET \(settings) WHERE id = ? AND deleted_at IS NULL",
      [entry.name.text, NameKey(entry.name).text] + entry.others + [entry.thing.id])
    return count > 0
  }

  /// Deletes the living entries that fulfil a condition.
  func bury(_ table: CatalogueTable, _ condition: String, _ value: Int64, _ deletion: Deletion) throws {
    try execute(
      "UPDATE \(table.name) SET deleted_at = ?, deletion = ? WHERE deleted_at IS NULL AND \(condition)",
      [deletion.at.secondsSince1970, deletion.number, value])
  }
}
