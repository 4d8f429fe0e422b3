internal import Access
internal import Store

/// A table of named catalogue entries, whose names are unique among the living of one parent.
struct CatalogueTable {
  let name: String
  /// The columns that, with name_key, tell entries apart.
  let parents: [String]
  /// What else is stored beside id, name and name_key.
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

/// An entry of such a table, as columns.
struct CatalogueEntry {
  let table: CatalogueTable
  let id: Int64
  let name: Name
  /// In the order of the table's parents, and of its others.
  var parents: [Session.Value] = []
  var others: [Session.Value] = []

  init(
    _ table: CatalogueTable, _ id: Int64, _ name: Name, parents: [Session.Value] = [],
    others: [Session.Value] = []
  ) {
    self.table = table
    self.id = id
    self.name = name
    self.parents = parents
    self.others = others
  }
}

extension Session {
  /// Inserts an entry, or brings back the one of that name that was deleted last; returns its id.
  func revive<Kind>(_ entry: CatalogueEntry, as id: Identifier<Kind>) throws -> Identifier<Kind> {
    let table = entry.table
    let key = NameKey(entry.name).text
    guard let deleted: Identifier<Kind> = try deleted(table, entry.parents + [key]) else {
      try insert(entry, key)
      return id
    }
    try execute("UPDATE \(table.name) SET deleted_at = NULL WHERE id = ?", [deleted.rawValue])
    try change(
      CatalogueEntry(table, deleted.rawValue, entry.name, parents: entry.parents, others: entry.others))
    return deleted
  }

  /// The entry that was deleted last of those with these parents and this name key.
  func deleted<Kind>(_ table: CatalogueTable, _ place: [Value]) throws -> Identifier<Kind>? {
    let conditions = (table.parents + ["name_key"]).map { "\($0) = ?" }.joined(separator: " AND ")
    return try first(
      """
      SELECT id FROM \(table.name) WHERE \(conditions) AND deleted_at IS NOT NULL
      ORDER BY deleted_at DESC, id LIMIT 1
      """, place
    ) { try $0.id(0) }
  }

  private func insert(_ entry: CatalogueEntry, _ key: String) throws {
    let columns = ["id", "name", "name_key"] + entry.table.parents + entry.table.others
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    try execute(
      "INSERT INTO \(entry.table.name) (\(columns.joined(separator: ", "))) VALUES (\(marks))",
      [entry.id, entry.name.text, key] + entry.parents + entry.others)
  }

  /// Replaces name and others; returns whether there is such a living entry.
  @discardableResult
  func change(_ entry: CatalogueEntry) throws -> Bool {
    let columns = ["name", "name_key"] + entry.table.others
    let settings = columns.map { "\($0) = ?" }.joined(separator: ", ")
    let count = try execute(
      "UPDATE \(entry.table.name) SET \(settings) WHERE id = ? AND deleted_at IS NULL",
      [entry.name.text, NameKey(entry.name).text] + entry.others + [entry.id])
    return count > 0
  }

  /// Deletes the living entries that meet a condition.
  func bury(_ table: CatalogueTable, _ condition: String, _ value: Int64, _ deletion: Deletion) throws {
    try execute(
      "UPDATE \(table.name) SET deleted_at = ?, deletion = ? WHERE deleted_at IS NULL AND \(condition)",
      [deletion.at.secondsSince1970, deletion.number, value])
  }
}
