internal import Access
internal import Store

extension Session {
  func purgeObstacle(of thing: DeletedThing) throws -> PurgeObstacle? {
    let limiting = DeletedParts.limitingTokens(of: thing)
    if let limiting {
      let count = try count("SELECT count(*) FROM (\(limiting.sql)) AS limiting", limiting.values)
      if count > 0 { return .limitedTokens(count) }
    }
    guard let living = DeletedParts.livingPlaces(of: thing) else { return nil }
    let count = try count("SELECT count(*) FROM (\(living.sql)) AS living", living.values)
    return count > 0 ? .livingPlaces(count) : nil
  }

  func overdue(_ bounds: PurgeBounds, limit: Int) throws -> [DeletedRow] {
    let kinds = OverdueConditions.inOrder
    try foreseeRows(kinds.map { kind in { _ = try $0.overdue(kind, bounds, limit: limit) } })
    var found: [DeletedRow] = []
    for kind in kinds where found.count < limit {
      found += try overdue(kind, bounds, limit: limit - found.count)
    }
    return found
  }

  private func overdue(
    _ overdue: (kind: DeletedKind, condition: String), _ bounds: PurgeBounds, limit: Int
  ) throws -> [DeletedRow] {
    try rows(
      """
      SELECT t.id, t.name, t.deleted_at, t.name_key, t.deletion FROM \(DeletedTable(overdue.kind).name) AS t
      WHERE t.deleted_at < ?\(overdue.condition) \(PurgeBounds.condition("t.deletion"))
      ORDER BY t.deleted_at LIMIT ?
      """, [bounds.before.secondsSince1970] + bounds.values + [limit]
    ) { fields in
      let id: Identifier<DeletedThing> = try fields.id(0)
      return DeletedRow(
        thing: DeletedThing(overdue.kind, id), name: try fields.name(1), place: nil,
        deletion: try fields.optionalInteger(4) ?? 0,
        cursor: DeletedCursor(
          deletedAt: try fields.time(2), kind: overdue.kind, nameKey: try fields.text(3), id: id.rawValue))
    }
  }

  func purge(_ thing: DeletedThing) throws {
    let table = DeletedTable(thing.kind)
    let isDeleted = "SELECT 1 FROM \(table.name) WHERE id = ? AND deleted_at IS NOT NULL"
    guard try exists(isDeleted, [thing.id]) else { return }
    for statement in DeletedParts.removal(of: thing.kind) { try execute(statement, [thing.id]) }
    try execute("DELETE FROM \(table.name) WHERE id = ?", [thing.id])
  }

  func goneParts(of grant: GrantID) throws -> GoneParts {
    GoneParts(
      companies: try gone(grant, "grant_company", "company_id", "company"),
      lists: try gone(grant, "grant_list", "list_id", "data_list"),
      items: try gone(grant, "grant_item", "item_id", "item"))
  }

  private func gone<Kind>(
    _ grant: GrantID, _ table: String, _ column: String, _ named: String
  ) throws -> [Identifier<Kind>] {
    try rows(
      """
      SELECT n.id FROM \(table) AS p JOIN \(named) AS n ON n.id = p.\(column)
      WHERE p.grant_id = ? AND n.deleted_at IS NOT NULL ORDER BY n.id
      """, [grant.rawValue]
    ) { try $0.id(0) }
  }

  func add(_ parts: GoneParts, to grant: GrantID) throws {
    func add(_ ids: [Int64], _ table: String, _ column: String, _ named: String) throws {
      for id in ids {
        // Things that were purged in the meantime are gone.
        try execute(
          """
          INSERT INTO \(table) (grant_id, \(column)) SELECT ?, id FROM \(named) WHERE id = ?
          ON CONFLICT DO NOTHING
          """, [grant.rawValue, id])
      }
    }
    try add(parts.companies.map(\.rawValue), "grant_company", "company_id", "company")
    try add(parts.lists.map(\.rawValue), "grant_list", "list_id", "data_list")
    try add(parts.items.map(\.rawValue), "grant_item", "item_id", "item")
  }
}

/// What belongs to a deleted thing, or names it.
private enum DeletedParts {
  typealias Query = (sql: String, values: [Session.Value])

  /// Tokens that would be limited to less, or to nothing. A token that is limited to nothing would have no
  /// limit.
  static func limitingTokens(of thing: DeletedThing) -> Query? {
    let ofWidgets = { (condition: String) in
      """
      SELECT x.token_id FROM token_widget AS x JOIN token AS k ON k.id = x.token_id
      WHERE k.revoked_at IS NULL AND x.widget_id \(condition)
      """
    }
    let ofEndpoints = { (condition: String) in
      """
      SELECT x.token_id FROM token_endpoint AS x JOIN token AS k ON k.id = x.token_id
      WHERE k.revoked_at IS NULL AND x.endpoint_id \(condition)
      """
    }
    let id = thing.id
    switch thing.kind {
    case .widget: return (ofWidgets("= ?"), [id])
    case .endpoint: return (ofEndpoints("= ?"), [id])
    case .list: return (ofEndpoints("IN (SELECT id FROM endpoint WHERE list_id = ?)"), [id])
    case .connector:
      let widgets = ofWidgets("IN (SELECT id FROM widget WHERE connector_id = ?)")
      return (
        widgets + " UNION " + ofEndpoints("IN (SELECT id FROM endpoint WHERE connector_id = ?)"), [id, id]
      )
    default: return nil
    }
  }

  static func livingPlaces(of thing: DeletedThing) -> Query? {
    switch thing.kind {
    case .list: ("SELECT id FROM endpoint WHERE list_id = ? AND deleted_at IS NULL", [thing.id])
    case .connector:
      (
        """
        SELECT id FROM widget WHERE connector_id = ? AND deleted_at IS NULL
        UNION ALL SELECT id FROM endpoint WHERE connector_id = ? AND deleted_at IS NULL
        """, [thing.id, thing.id]
      )
    default: nil
    }
  }

  /// Statements on one id. Their order leaves nothing that names a removed row.
  static func removal(of kind: DeletedKind) -> [String] {
    switch kind {
    case .user, .apiUser:
      let tokens = "token_id IN (SELECT id FROM token WHERE account_id = ?)"
      return ["token_widget", "token_endpoint", "token_network", "token_label", "token_id"].map {
        "DELETE FROM \($0) WHERE \(tokens)"
      }
        + [
          "token", "account_key", "account_label", "membership", "role_assignment", "access_grant",
          "console_session",
        ]
        .map { "DELETE FROM \($0) WHERE account_id = ?" }
    case .team:
      return ["membership", "role_assignment", "access_grant"].map { "DELETE FROM \($0) WHERE team_id = ?" }
    case .role: return ["role_assignment", "role_permission"].map { "DELETE FROM \($0) WHERE role_id = ?" }
    case .company: return ["DELETE FROM grant_company WHERE company_id = ?"]
    case .item: return ["DELETE FROM grant_item WHERE item_id = ?"]
    case .widget: return widgets("= ?")
    case .endpoint: return endpoints("= ?")
    case .list:
      return endpoints("IN (SELECT id FROM endpoint WHERE list_id = ?)") + lists("= ?", isAll: false)
    case .connector:
      let ofConnector = { (table: String) in "IN (SELECT id FROM \(table) WHERE connector_id = ?)" }
      return endpoints(ofConnector("endpoint")) + widgets(ofConnector("widget"))
        + ["DELETE FROM access_grant WHERE connector_id = ?"] + lists(ofConnector("data_list"))
        + [
          "DELETE FROM grant_company WHERE company_id \(ofConnector("company"))",
          "DELETE FROM company WHERE connector_id = ?",
        ]
    }
  }

  private static func widgets(_ condition: String) -> [String] {
    ["token_widget", "widget_list", "widget_parameter"].map {
      "DELETE FROM \($0) WHERE widget_id \(condition)"
    }
      + (condition == "= ?" ? [] : ["DELETE FROM widget WHERE id \(condition)"])
  }

  private static func endpoints(_ condition: String) -> [String] {
    ["token_endpoint", "endpoint_method"].map { "DELETE FROM \($0) WHERE endpoint_id \(condition)" }
      + (condition == "= ?" ? [] : ["DELETE FROM endpoint WHERE id \(condition)"])
  }

  private static func lists(_ condition: String, isAll: Bool = true) -> [String] {
    [
      "DELETE FROM grant_item WHERE item_id IN (SELECT id FROM item WHERE list_id \(condition))",
      "DELETE FROM item WHERE list_id \(condition)", "DELETE FROM grant_list WHERE list_id \(condition)",
      "DELETE FROM widget_list WHERE list_id \(condition)",
    ] + (isAll ? ["DELETE FROM data_list WHERE id \(condition)"] : [])
  }
}

extension PurgeBounds {
  /// The condition on the number of a thing's audit row, beside the condition on the thing's own time: the
  /// rows before show that the thing was not done later than its time says. This SQL condition takes two
  /// values; NULL fulfils it.
  static func condition(_ number: String) -> String {
    // The + keeps SQLite from using the index by time, in which very many rows may lie in between.
    """
    AND NOT EXISTS (SELECT 1 FROM audit AS r
      WHERE r.sequence BETWEEN \(number) - \(rowsLookedAt) AND \(number) AND +r.at >= ? AND +r.at <= ?)
    """
  }

  var values: [Session.Value] { [before.secondsSince1970, settled.secondsSince1970] }
}

/// The conditions under which a deleted thing is purged by itself: nothing that lives needs it, and it has no
/// parts left, so that each purge is a small step.
private enum OverdueConditions {
  static let inOrder: [(kind: DeletedKind, condition: String)] = [
    (.apiUser, " AND t.kind = 'apiUser'"), (.user, " AND t.kind = 'user'"), (.team, ""), (.role, ""),
    (.endpoint, without("token_endpoint", "endpoint_id")), (.widget, without("token_widget", "widget_id")),
    (.item, ""), (.company, ""), (.list, lacking("item", "list_id") + lacking("endpoint", "list_id")),
    (
      .connector,
      ["company", "data_list", "widget", "endpoint"].map { lacking($0, "connector_id") }.joined()
    ),
  ]

  private static func lacking(_ table: String, _ column: String) -> String {
    " AND NOT EXISTS (SELECT 1 FROM \(table) AS p WHERE p.\(column) = t.id)"
  }

  private static func without(_ table: String, _ column: String) -> String {
    """
     AND NOT EXISTS (SELECT 1 FROM \(table) AS x JOIN token AS k ON k.id = x.token_id
      WHERE x.\(column) = t.id AND k.revoked_at IS NULL)
    """
  }
}
