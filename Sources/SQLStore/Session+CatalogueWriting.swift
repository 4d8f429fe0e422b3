internal import Access
internal import Store

extension Session {
  func insert(_ entry: CatalogueEntry) throws -> DeletedThing {
    let thing = try revive(CatalogueRow(entry))
    try setParts(of: entry, thing.id)
    return thing
  }

  func update(_ entry: CatalogueEntry) throws {
    if try change(CatalogueRow(entry)) { try setParts(of: entry, entry.thing.id) }
  }

  func delete(_ thing: DeletedThing, _ deletion: Deletion) throws {
    switch thing.kind {
    case .user, .apiUser: try delete(thing.identifier() as AccountID, deletion)
    case .team: try delete(thing.identifier() as TeamID, deletion)
    case .role: try delete(thing.identifier() as RoleID, deletion)
    case .connector:
      let ofConnector = "list_id IN (SELECT id FROM data_list WHERE connector_id = ?)"
      try bury(.item, ofConnector, thing.id, deletion)
      try bury(.list, "connector_id = ?", thing.id, deletion)
      try bury(.company, "connector_id = ?", thing.id, deletion)
      try bury(.connector, "id = ?", thing.id, deletion)
    case .list:
      try bury(.item, "list_id = ?", thing.id, deletion)
      try bury(.list, "id = ?", thing.id, deletion)
    case .company: try bury(.company, "id = ?", thing.id, deletion)
    case .item: try bury(.item, "id = ?", thing.id, deletion)
    case .widget: try bury(.widget, "id = ?", thing.id, deletion)
    case .endpoint: try bury(.endpoint, "id = ?", thing.id, deletion)
    }
  }

  private func setParts(of entry: CatalogueEntry, _ id: Int64) throws {
    switch entry {
    case .widget(let widget): try setParts(of: widget, id)
    case .endpoint(let endpoint): try setMethods(of: endpoint, id)
    case .connector, .company, .list, .item: break
    }
  }

  private func setParts(of widget: Widget, _ id: Int64) throws {
    // Lists that left the catalogue stay, so that they are there again after a restore.
    try execute(
      """
      DELETE FROM widget_list WHERE widget_id = ?
      AND EXISTS (SELECT 1 FROM data_list AS l WHERE l.id = list_id AND l.deleted_at IS NULL)
      """, [id])
    for list in widget.lists {
      try execute(
        "INSERT INTO widget_list (widget_id, list_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [id, list.rawValue])
    }
    try execute("DELETE FROM widget_parameter WHERE widget_id = ?", [id])
    for (parameter, name) in widget.parameters {
      try execute(
        "INSERT INTO widget_parameter (widget_id, parameter, query_name) VALUES (?, ?, ?)",
        [id, parameter.rawValue, name])
    }
  }

  private func setMethods(of endpoint: Endpoint, _ id: Int64) throws {
    try execute("DELETE FROM endpoint_method WHERE endpoint_id = ?", [id])
    for method in endpoint.methods {
      try execute(
        "INSERT INTO endpoint_method (endpoint_id, method) VALUES (?, ?)", [id, method.rawValue])
    }
  }
}
