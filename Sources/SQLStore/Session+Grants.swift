internal import Access
internal import Store

extension Session {
  func grant(of subject: SubjectID, on connector: ConnectorID) throws -> Grant? {
    try grants(of: subject, "AND g.connector_id = ?", [connector.rawValue]).first
  }

  func grants(of subject: SubjectID) throws -> [Grant] { try grants(of: subject, "", []) }

  private func grants(of subject: SubjectID, _ condition: String, _ values: [Value]) throws -> [Grant] {
    let columns = SubjectColumns(subject)
    let sql = """
      SELECT \(Self.grantColumns) FROM access_grant AS g JOIN connector AS c ON c.id = g.connector_id
      WHERE g.\(columns.column) = ? AND c.deleted_at IS NULL \(condition) ORDER BY c.name_key
      """
    return try together { session in
      // Both are asked, whatever the first one says, so that they can be asked at once.
      let isLiving = try session.exists(columns.livingSQL, [columns.id])
      let grants = try session.rows(sql, [columns.id] + values) { try grant($0, of: subject) }
      return isLiving ? grants : []
    }
  }

  static let grantColumns = """
    g.id, g.connector_id, g.all_companies, g.all_lists, g.all_actions, g.all_details, g.all_list_actions,
      g.from_at, g.until_at
    """

  /// Makes a grant of the columns ``grantColumns``.
  func grant(_ fields: Fields, of subject: SubjectID) throws -> Grant {
    Grant(
      id: try fields.id(0), subject: subject, connector: try fields.id(1),
      permissions: try permissions(fields))
  }

  private func permissions(_ fields: Fields) throws -> Permissions {
    let grant = try fields.integer(0)
    let (roles, items, companies, lists) = try together { session in
      let roles: [ConnectorRole] = try session.rows("SELECT role FROM grant_role WHERE grant_id = ?", [grant])
      {
        try $0.value(0)
      }
      return (
        roles, try session.items(grant),
        try fields.flag(2)
          ? Coverage<CompanyID>.all
          : .only(try session.living(grant, "grant_company", "company_id", "company")),
        try fields.flag(3)
          ? Coverage<ListID>.all : .only(try session.living(grant, "grant_list", "list_id", "data_list"))
      )
    }
    var coverage: [ItemKind: Coverage<ListItem>] = [:]
    for (kind, column) in [(ItemKind.action, 4), (.detail, 5), (.listAction, 6)] {
      coverage[kind] = try fields.flag(column) ? .all : .only(items[kind] ?? [])
    }
    return Permissions(
      roles: Set(roles), companies: companies, lists: lists, items: coverage, bounds: try fields.bounds(7))
  }

  private func living<Kind>(
    _ grant: Int64, _ table: String, _ column: String, _ parts: String
  ) throws -> Set<Identifier<Kind>> {
    let sql = """
      SELECT p.id FROM \(table) AS g JOIN \(parts) AS p ON p.id = g.\(column)
      WHERE g.grant_id = ? AND p.deleted_at IS NULL
      """
    return Set(try rows(sql, [grant]) { try $0.id(0) })
  }

  private func items(_ grant: Int64) throws -> [ItemKind: Set<ListItem>] {
    let sql = """
      SELECT i.id, i.list_id, i.kind FROM grant_item AS g JOIN item AS i ON i.id = g.item_id
      WHERE g.grant_id = ? AND i.deleted_at IS NULL
      """
    let found: [(ItemKind, ListItem)] = try rows(sql, [grant]) { fields in
      (try fields.value(2), ListItem(list: try fields.id(1), item: try fields.id(0)))
    }
    return Dictionary(grouping: found, by: \.0).mapValues { Set($0.map(\.1)) }
  }
}

extension Session {
  func put(_ grant: Grant) throws {
    let subject = SubjectColumns(grant.subject)
    let place = try first(
      """
      WITH holder AS (\(subject.livingSQL))
      SELECT holder.*, (SELECT count(*) FROM access_grant WHERE \(subject.column) = ?1 AND connector_id = ?2)
      FROM holder, connector AS c WHERE c.id = ?2 AND c.deleted_at IS NULL
      """, [subject.id, grant.connector.rawValue]
    ) { (holder: (try $0.text(1), try $0.text(2)), isThere: try $0.integer(3) > 0) }
    guard let (holder, isThere) = place else { return }
    let (permissions, reach) = (grant.permissions, AlteredReach(grant.subject))
    try execute(
      """
      INSERT INTO access_grant (id, \(subject.column), connector_id,
        all_companies, all_lists, all_actions, all_details, all_list_actions, holder, name_key,
        from_at, until_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (\(subject.column), connector_id) WHERE \(subject.column) IS NOT NULL
      DO UPDATE SET id = excluded.id, all_companies = excluded.all_companies,
        all_lists = excluded.all_lists, all_actions = excluded.all_actions,
        all_details = excluded.all_details, all_list_actions = excluded.all_list_actions,
        from_at = excluded.from_at, until_at = excluded.until_at
      """,
      [
        grant.id.rawValue, subject.id, grant.connector.rawValue, permissions.companies == .all,
        permissions.lists == .all, permissions[.action] == .all, permissions[.detail] == .all,
        permissions[.listAction] == .all, holder.0, holder.1,
      ] + permissions.bounds.values, altering: reach)
    if isThere { try deleteParts(of: grant, altering: reach) }
    try putParts(of: grant, altering: reach)
    if isThere { try dropItemsOfUncoveredLists(grant, altering: reach) }
  }

  func delete(_ grant: GrantID) throws {
    try execute("DELETE FROM access_grant WHERE id = ?", [grant.rawValue], altering: try reach(of: grant))
  }

  private func putParts(of grant: Grant, altering reach: AlteredReach) throws {
    let id = grant.id.rawValue
    let permissions = grant.permissions
    for role in permissions.roles {
      try execute(
        "INSERT INTO grant_role (grant_id, role) VALUES (?, ?)", [id, role.rawValue], altering: reach)
    }
    let companies = permissions.companies.only ?? []
    try add(companies.map(\.rawValue), to: id, "grant_company", "company_id", reach)
    let lists = permissions.lists.only ?? []
    try add(lists.map(\.rawValue), to: id, "grant_list", "list_id", reach)
    let items = ItemKind.allCases.flatMap { permissions[$0].only ?? [] }
    try add(items.map(\.item.rawValue), to: id, "grant_item", "item_id", reach)
  }

  /// Deletes the parts of a grant that is put anew. Parts that left the catalogue stay.
  private func deleteParts(of grant: Grant, altering reach: AlteredReach) throws {
    let id = grant.id.rawValue
    try execute("DELETE FROM grant_role WHERE grant_id = ?", [id], altering: reach)
    for (table, column, parts) in [
      ("grant_company", "company_id", "company"), ("grant_list", "list_id", "data_list"),
      ("grant_item", "item_id", "item"),
    ] {
      try execute(
        """
        DELETE FROM \(table) WHERE grant_id = ?
        AND \(column) IN (SELECT id FROM \(parts) WHERE id = \(table).\(column) AND deleted_at IS NULL)
        """, [id], altering: reach)
    }
  }

  /// Items that left the catalogue go with their list, as other items do.
  private func dropItemsOfUncoveredLists(_ grant: Grant, altering reach: AlteredReach) throws {
    guard grant.permissions.lists != .all else { return }
    let id = grant.id.rawValue
    try execute(
      """
      DELETE FROM grant_item WHERE grant_id = ? AND item_id NOT IN (
        SELECT i.id FROM grant_list AS g JOIN item AS i ON i.list_id = g.list_id WHERE g.grant_id = ?)
      """, [id, id], altering: reach)
  }

  private func add(
    _ ids: [Int64], to grant: Int64, _ table: String, _ column: String, _ reach: AlteredReach
  ) throws {
    for id in ids {
      try execute(
        "INSERT INTO \(table) (grant_id, \(column)) VALUES (?, ?) ON CONFLICT DO NOTHING", [grant, id],
        altering: reach)
    }
  }
}
