internal import Access
internal import Store

extension Session {
  func restore(_ thing: DeletedThing, as name: Name, withParts: Bool) throws {
    switch thing.kind {
    case .user, .apiUser: try restoreAccount(thing.id, name)
    case .team: try restoreTeam(thing.id, name)
    case .role: try restoreRole(thing.id, name)
    case .connector:
      try restoreEntry(.connector, thing.id, name, parts: withParts ? [.company, .list, .item] : [])
    case .company: try restoreEntry(.company, thing.id, name)
    case .list: try restoreEntry(.list, thing.id, name, parts: withParts ? [.item] : [])
    case .item: try restoreEntry(.item, thing.id, name)
    case .widget: try restoreEntry(.widget, thing.id, name)
    case .endpoint: try restoreEntry(.endpoint, thing.id, name)
    }
  }

  func rename(deleted thing: DeletedThing, to name: Name) throws {
    let table = DeletedTable(thing.kind).name
    let keys = SearchKeys(name)
    try execute(
      "UPDATE \(table) SET name = ?, name_key = ? WHERE id = ? AND deleted_at IS NOT NULL",
      [name.text, keys.name, thing.id])
    guard ["account", "team"].contains(table) else { return }
    try execute(
      "UPDATE \(table) SET search_key = ? WHERE id = ? AND deleted_at IS NOT NULL", [keys.search, thing.id])
  }

  private func restoreAccount(_ id: Int64, _ name: Name) throws {
    let found = try first(
      "SELECT number, kind FROM account WHERE id = ? AND deleted_at IS NOT NULL", [id]
    ) { (number: try $0.integer(0), kind: try $0.text(1)) }
    guard let found else { return }
    let keys = SearchKeys(name)
    try execute(
      "UPDATE account SET deleted_at = NULL, name = ?, name_key = ?, search_key = ? WHERE number = ?",
      [name.text, keys.name, keys.search, found.number])
    try enterIntoSearch(id, keys)
    try addToTally(of: found.kind, 1)
    try execute(
      "UPDATE membership SET hidden = 0, name_key = ?, search_key = ? WHERE account_id = ?",
      [keys.name, keys.search, id])
    try execute(
      """
      UPDATE team SET member_count = member_count + 1
      WHERE id IN (SELECT team_id FROM membership WHERE account_id = ?)
      """, [id])
    try showHoldings(of: "account_id", id, keys.name)
  }

  private func restoreTeam(_ id: Int64, _ name: Name) throws {
    let keys = SearchKeys(name)
    let count = try changeCount(
      """
      UPDATE team SET deleted_at = NULL, name = ?, name_key = ?, search_key = ?
      WHERE id = ? AND deleted_at IS NOT NULL
      """, [name.text, keys.name, keys.search, id])
    if count > 0 { try showHoldings(of: "team_id", id, keys.name) }
  }

  /// Shows what an account or team has again. Roles that were deleted in the meantime stay hidden until they
  /// are restored as well.
  private func showHoldings(of column: String, _ id: Int64, _ nameKey: String) throws {
    try execute(
      """
      UPDATE role_assignment SET name_key = ?, hidden = CASE WHEN role_id IS NULL
        OR EXISTS (SELECT 1 FROM role AS r WHERE r.id = role_id AND r.deleted_at IS NULL) THEN 0 ELSE 1 END
      WHERE \(column) = ?
      """, [nameKey, id])
    try execute("UPDATE access_grant SET hidden = 0, name_key = ? WHERE \(column) = ?", [nameKey, id])
  }

  /// Restores a role. Holders that were deleted in the meantime have the role again only when they are
  /// restored as well.
  private func restoreRole(_ id: Int64, _ name: Name) throws {
    let count = try changeCount(
      "UPDATE role SET deleted_at = NULL, name = ?, name_key = ? WHERE id = ? AND deleted_at IS NOT NULL",
      [name.text, NameKey(name).text, id])
    guard count > 0 else { return }
    try execute(
      """
      UPDATE role_assignment SET hidden = 0 WHERE role_id = ? AND (
        EXISTS (SELECT 1 FROM account AS a WHERE a.id = account_id AND a.deleted_at IS NULL)
        OR EXISTS (SELECT 1 FROM team AS t WHERE t.id = team_id AND t.deleted_at IS NULL))
      """, [id])
  }

  /// Restores a catalogue entry, with the parts that were deleted together with it.
  private func restoreEntry(
    _ table: CatalogueTable, _ id: Int64, _ name: Name, parts: [CatalogueTable] = []
  ) throws {
    let isBack = try changeCount(
      "UPDATE \(table.name) SET deleted_at = NULL, name = ?, name_key = ? WHERE id = ? AND deleted_at IS NOT NULL",
      [name.text, NameKey(name).text, id])
    guard isBack > 0 else { return }
    for part in parts {
      try execute(
        """
        UPDATE \(part.name) SET deleted_at = NULL
        WHERE deletion = (SELECT deletion FROM \(table.name) WHERE id = ?) AND deleted_at IS NOT NULL
        """, [id])
    }
  }
}
