internal import Access
internal import Store

extension Session {
  func insert(_ connector: Connector) throws -> ConnectorID {
    try revive(entry(connector), as: connector.id)
  }

  func insert(_ company: Company) throws -> CompanyID { try revive(entry(company), as: company.id) }

  func insert(_ list: CatalogueList) throws -> ListID { try revive(entry(list), as: list.id) }

  func insert(_ item: Item) throws -> ItemID { try revive(entry(item), as: item.id) }

  func insert(_ widget: Widget) throws -> WidgetID {
    let id = try revive(entry(widget), as: widget.id)
    try setParts(of: widget, id)
    return id
  }

  func insert(_ endpoint: Endpoint) throws -> EndpointID {
    let id = try revive(entry(endpoint), as: endpoint.id)
    try setMethods(of: endpoint, id)
    return id
  }

  func update(_ connector: Connector) throws { try change(entry(connector)) }
  func update(_ company: Company) throws { try change(entry(company)) }
  func update(_ list: CatalogueList) throws { try change(entry(list)) }
  func update(_ item: Item) throws { try change(entry(item)) }

  func update(_ widget: Widget) throws {
    if try change(entry(widget)) { try setParts(of: widget, widget.id) }
  }

  func update(_ endpoint: Endpoint) throws {
    if try change(entry(endpoint)) { try setMethods(of: endpoint, endpoint.id) }
  }

  func delete(_ connector: ConnectorID, _ deletion: Deletion) throws {
    let id = connector.rawValue
    let ofConnector = "list_id IN (SELECT id FROM data_list WHERE connector_id = ?)"
    try bury(.item, ofConnector, id, deletion)
    try bury(.list, "connector_id = ?", id, deletion)
    try bury(.company, "connector_id = ?", id, deletion)
    try bury(.connector, "id = ?", id, deletion)
  }

  func delete(_ company: CompanyID, _ deletion: Deletion) throws {
    try bury(.company, "id = ?", company.rawValue, deletion)
  }

  /// Takes its items along.
  func delete(_ list: ListID, _ deletion: Deletion) throws {
    try bury(.item, "list_id = ?", list.rawValue, deletion)
    try bury(.list, "id = ?", list.rawValue, deletion)
  }

  func delete(_ item: ItemID, _ deletion: Deletion) throws {
    try bury(.item, "id = ?", item.rawValue, deletion)
  }

  func delete(_ widget: WidgetID, _ deletion: Deletion) throws {
    try bury(.widget, "id = ?", widget.rawValue, deletion)
  }

  func delete(_ endpoint: EndpointID, _ deletion: Deletion) throws {
    try bury(.endpoint, "id = ?", endpoint.rawValue, deletion)
  }

  private func entry(_ connector: Connector) -> CatalogueEntry {
    CatalogueEntry(.connector, connector.id.rawValue, connector.name)
  }

  private func entry(_ company: Company) -> CatalogueEntry {
    CatalogueEntry(
      .company, company.id.rawValue, company.name, parents: [company.connector.rawValue])
  }

  private func entry(_ list: CatalogueList) -> CatalogueEntry {
    CatalogueEntry(
      .list, list.id.rawValue, list.name, parents: [list.connector.rawValue],
      others: [list.group?.text, list.group.map { NameKey($0).text }])
  }

  private func entry(_ item: Item) -> CatalogueEntry {
    CatalogueEntry(
      .item, item.id.rawValue, item.name, parents: [item.list.rawValue, item.kind.rawValue])
  }

  private func entry(_ widget: Widget) -> CatalogueEntry {
    CatalogueEntry(
      .widget, widget.id.rawValue, widget.name,
      others: [widget.address.text, widget.connector.rawValue, widget.isEnabled, widget.isOpen])
  }

  private func entry(_ endpoint: Endpoint) -> CatalogueEntry {
    CatalogueEntry(
      .endpoint, endpoint.id.rawValue, endpoint.name,
      others: [
        endpoint.address.text, endpoint.connector.rawValue, endpoint.list.rawValue, endpoint.isEnabled,
        endpoint.match.rawValue,
      ])
  }

  private func setParts(of widget: Widget, _ id: WidgetID) throws {
    // Lists that left the catalogue stay, for when they are restored.
    try execute(
      """
      DELETE FROM widget_list WHERE widget_id = ?
      AND EXISTS (SELECT 1 FROM data_list AS l WHERE l.id = list_id AND l.deleted_at IS NULL)
      """, [id.rawValue])
    for list in widget.lists {
      try execute(
        "INSERT INTO widget_list (widget_id, list_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [id.rawValue, list.rawValue])
    }
    try execute("DELETE FROM widget_parameter WHERE widget_id = ?", [id.rawValue])
    for (parameter, name) in widget.parameters {
      try execute(
        "INSERT INTO widget_parameter (widget_id, parameter, query_name) VALUES (?, ?, ?)",
        [id.rawValue, parameter.rawValue, name])
    }
  }

  private func setMethods(of endpoint: Endpoint, _ id: EndpointID) throws {
    try execute("DELETE FROM endpoint_method WHERE endpoint_id = ?", [id.rawValue])
    for method in endpoint.methods {
      try execute(
        "INSERT INTO endpoint_method (endpoint_id, method) VALUES (?, ?)", [id.rawValue, method.rawValue])
    }
  }
}
