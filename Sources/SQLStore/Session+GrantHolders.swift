internal import Access
internal import Store

extension Session {
  func grantHolders(
    on connector: ConnectorID, naming list: ListID?, _ position: PagePosition<GrantHolderCursor>, limit: Int
  ) throws -> Page<GrantHolder> {
    guard try self.connector(connector) != nil else {
      return Page(rows: [], hasBefore: false, hasAfter: false)
    }
    let stretches = GrantHolderPart.allCases.map { Stretch.holders(of: connector, naming: list, $0) }
    let window = Window(session: self, stretches: stretches, matching: nil)
    return try window.page(
      position, limit: limit, at: { Spot(keys: [$0.nameKey, $0.id.rawValue], stretch: $0.part) }
    ) { try $0.holder($1, of: connector) }
  }

  private func holder(_ spot: Spot, of connector: ConnectorID) throws -> GrantHolder {
    let sql = """
      SELECT g.id, g.account_id, g.team_id, g.name_key, a.kind, a.name, a.enabled, t.name, t.member_count
      FROM access_grant AS g LEFT JOIN account AS a ON a.id = g.account_id
        LEFT JOIN team AS t ON t.id = g.team_id WHERE g.id = ?
      """
    let row = try first(sql, [spot.row]) { fields in
      let account: AccountID? = try fields.optionalInteger(1).flatMap { AccountID(rawValue: $0) }
      let subject: SubjectID = try account.map(SubjectID.account) ?? .team(fields.id(2))
      guard let grant = try grant(of: subject, on: connector) else {
        throw StoreError.corrupt(path: path, detail: "an index of grants names no grant")
      }
      let cursor = GrantHolderCursor(part: spot.stretch, nameKey: try fields.text(3), id: grant.id)
      if account == nil {
        return GrantHolder(
          grant: grant, kind: nil, name: try fields.name(7), isEnabled: true,
          memberCount: Int(try fields.integer(8)), cursor: cursor)
      }
      return GrantHolder(
        grant: grant, kind: try fields.value(4), name: try fields.name(5), isEnabled: try fields.flag(6),
        memberCount: 0, cursor: cursor)
    }
    guard let row else { throw StoreError.corrupt(path: path, detail: "an index of grants names no row") }
    return row
  }
}

/// The parts of the order, from first to last.
private enum GrantHolderPart: String, CaseIterable {
  case team, apiUser, user
}

extension Stretch {
  fileprivate static func holders(
    of connector: ConnectorID, naming list: ListID?, _ part: GrantHolderPart
  ) -> Stretch {
    let naming = """
       AND (t.all_lists = 1
      OR EXISTS (SELECT 1 FROM grant_list AS l WHERE l.grant_id = t.id AND l.list_id = ?)
      OR EXISTS (SELECT 1 FROM grant_role AS r WHERE r.grant_id = t.id AND r.role = 'Administrator'))
      """
    return Stretch(
      source: "access_grant AS t INDEXED BY grant_on_connector", searched: "access_grant AS t",
      condition: "t.hidden = 0 AND t.connector_id = ? AND t.holder = ?" + (list == nil ? "" : naming),
      values: [connector.rawValue, part.rawValue] + (list.map { [$0.rawValue] } ?? []), row: "t.id",
      keys: ["t.name_key", "t.id"], isDescending: false)
  }
}
