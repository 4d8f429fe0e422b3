internal import Access
internal import Store

/// Grants on things that left the catalogue.
extension Session {
  /// The tables of the parts of grants, with what they name.
  private static let parts = [
    ("grant_company", "company_id", "company"), ("grant_list", "list_id", "data_list"),
    ("grant_item", "item_id", "item"),
  ]

  func danglingGrants(of subject: SubjectID) throws -> Set<ConnectorID> {
    let columns = SubjectColumns(subject)
    guard try exists(columns.livingSQL, [columns.id]) else { return [] }
    let dangling = Self.parts.map { table, column, named in
      """
      EXISTS (SELECT 1 FROM \(table) AS p JOIN \(named) AS n ON n.id = p.\(column)
        WHERE p.grant_id = g.id AND n.deleted_at IS NOT NULL)
      """
    }
    let sql = """
      SELECT g.connector_id FROM access_grant AS g JOIN connector AS c ON c.id = g.connector_id
      WHERE g.\(columns.column) = ?
        AND (c.deleted_at IS NOT NULL OR \(dangling.joined(separator: " OR ")))
      """
    return Set(try rows(sql, [columns.id]) { try $0.id(0) })
  }

  func danglingParts(of subject: SubjectID, on connector: ConnectorID) throws -> [DanglingPart] {
    guard let grant = try grant(of: subject, on: connector)?.id.rawValue else { return [] }
    let companies: [DanglingPart] = try rows(
      """
      SELECT n.name FROM grant_company AS p JOIN company AS n ON n.id = p.company_id
      WHERE p.grant_id = ? AND n.deleted_at IS NOT NULL ORDER BY n.name_key
      """, [grant]
    ) { DanglingPart(.company, try $0.name(0)) }
    let lists: [DanglingPart] = try rows(
      """
      SELECT n.name FROM grant_list AS p JOIN data_list AS n ON n.id = p.list_id
      WHERE p.grant_id = ? AND n.deleted_at IS NOT NULL ORDER BY n.name_key
      """, [grant]
    ) { DanglingPart(.list, try $0.name(0)) }
    let items: [DanglingPart] = try rows(
      """
      SELECT n.kind, n.name, l.name FROM grant_item AS p JOIN item AS n ON n.id = p.item_id
        JOIN data_list AS l ON l.id = n.list_id
      WHERE p.grant_id = ? AND n.deleted_at IS NOT NULL ORDER BY n.kind, l.name_key, n.name_key
      """, [grant]
    ) { DanglingPart(.item(try $0.value(0)), try $0.name(1), list: try $0.name(2)) }
    return companies + lists + items
  }

  func dropDangling(of subject: SubjectID, on connector: ConnectorID) throws {
    let columns = SubjectColumns(subject)
    let found: Int64? = try first(
      "SELECT id FROM access_grant WHERE \(columns.column) = ? AND connector_id = ?",
      [columns.id, connector.rawValue]
    ) { try $0.integer(0) }
    guard let id = found else { return }
    for (table, column, named) in Self.parts {
      try execute(
        """
        DELETE FROM \(table) WHERE grant_id = ?
        AND \(column) IN (SELECT id FROM \(named) WHERE id = \(table).\(column) AND deleted_at IS NOT NULL)
        """, [id])
    }
    if try grant(of: subject, on: connector)?.permissions.isEmpty != false {
      try execute("DELETE FROM access_grant WHERE id = ?", [id])
    }
  }

  func revival(ofConnector key: NameKey) throws -> Revival<Connector>? {
    try revival(.connector, [key.text], "g.connector_id = ?")
  }

  func revival(ofCompany key: NameKey, of connector: ConnectorID) throws -> Revival<Company>? {
    try revival(.company, [connector.rawValue, key.text], Self.naming("grant_company", "company_id"))
  }

  func revival(ofList key: NameKey, of connector: ConnectorID) throws -> Revival<CatalogueList>? {
    try revival(.list, [connector.rawValue, key.text], Self.naming("grant_list", "list_id"))
  }

  func revival(ofItem key: NameKey, _ kind: ItemKind, of list: ListID) throws -> Revival<Item>? {
    try revival(.item, [list.rawValue, kind.rawValue, key.text], Self.naming("grant_item", "item_id"))
  }

  private static func naming(_ table: String, _ column: String) -> String {
    "g.id IN (SELECT grant_id FROM \(table) WHERE \(column) = ?)"
  }

  private func revival<Kind>(
    _ table: CatalogueTable, _ place: [Value], _ condition: String
  ) throws -> Revival<Kind>? {
    guard let id: Identifier<Kind> = try deleted(table, place) else { return nil }
    let sql = """
      SELECT count(*) FROM access_grant AS g
        LEFT JOIN account AS a ON a.id = g.account_id LEFT JOIN team AS t ON t.id = g.team_id
      WHERE \(condition) AND a.deleted_at IS NULL AND t.deleted_at IS NULL
      """
    return Revival(id: id, grantCount: try count(sql, [id.rawValue]))
  }
}
