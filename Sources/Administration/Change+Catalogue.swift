package import Access
private import Store

/// Changes to the catalogue, as an import makes them. Each is checked and audited; what is inserted
/// under the name of something deleted brings that back.
extension Change {
  package func addConnector(_ name: Name) throws -> ConnectorID {
    try require(.catalogueManage)
    let id = try writer.insert(Connector(id: .random(), name: name))
    try recordCatalogue("add", .connector, id.description, name)
    return id
  }

  package func addCompany(_ name: Name, to connector: ConnectorID) throws -> CompanyID {
    try require(.catalogueManage)
    let id = try writer.insert(Company(id: .random(), connector: connector, name: name))
    try recordCatalogue("add", .company, id.description, name)
    return id
  }

  package func addList(_ name: Name, group: Name?, to connector: ConnectorID) throws -> ListID {
    try require(.catalogueManage)
    let id = try writer.insert(CatalogueList(id: .random(), connector: connector, name: name, group: group))
    try recordCatalogue("add", .list, id.description, name, AuditDetails("group", after: group?.text))
    return id
  }

  package func addItem(_ name: Name, _ kind: ItemKind, to list: ListID) throws -> ItemID {
    try require(.catalogueManage)
    let id = try writer.insert(Item(id: .random(), list: list, kind: kind, name: name))
    try recordCatalogue("add", .item, id.description, name, AuditDetails("kind", after: kind.rawValue))
    return id
  }

  /// The id given counts only where no widget of that name was deleted before.
  package func addWidget(_ widget: Widget) throws -> WidgetID {
    try require(.catalogueManage)
    let id = try writer.insert(widget)
    try recordCatalogue("add", .widget, id.description, widget.name, details(from: nil, to: widget))
    return id
  }

  package func addEndpoint(_ endpoint: Endpoint) throws -> EndpointID {
    try require(.catalogueManage)
    let id = try writer.insert(endpoint)
    try recordCatalogue("add", .endpoint, id.description, endpoint.name, details(from: nil, to: endpoint))
    return id
  }

  package func update(_ connector: Connector, was: Connector) throws {
    try require(.catalogueManage)
    try writer.update(connector)
    try recordCatalogue("edit", .connector, was.id.description, was.name, rename(was.name, connector.name))
  }

  package func update(_ company: Company, was: Company) throws {
    try require(.catalogueManage)
    try writer.update(company)
    try recordCatalogue("edit", .company, was.id.description, was.name, rename(was.name, company.name))
  }

  package func update(_ list: CatalogueList, was: CatalogueList) throws {
    try require(.catalogueManage)
    try writer.update(list)
    var details = rename(was.name, list.name)
    details.add("group", before: was.group?.text, after: list.group?.text)
    try recordCatalogue("edit", .list, was.id.description, was.name, details)
  }

  package func update(_ item: Item, was: Item) throws {
    try require(.catalogueManage)
    try writer.update(item)
    try recordCatalogue("edit", .item, was.id.description, was.name, rename(was.name, item.name))
  }

  package func update(_ widget: Widget, was: Widget) throws {
    try require(.catalogueManage)
    try writer.update(widget)
    try recordCatalogue("edit", .widget, was.id.description, was.name, details(from: was, to: widget))
  }

  package func update(_ endpoint: Endpoint, was: Endpoint) throws {
    try require(.catalogueManage)
    try writer.update(endpoint)
    try recordCatalogue("edit", .endpoint, was.id.description, was.name, details(from: was, to: endpoint))
  }

  package func delete(_ connector: Connector) throws {
    try require(.catalogueManage)
    try writer.delete(connector.id, at: now)
    try recordCatalogue("delete", .connector, connector.id.description, connector.name)
  }

  package func delete(_ company: Company) throws {
    try require(.catalogueManage)
    try writer.delete(company.id, at: now)
    try recordCatalogue("delete", .company, company.id.description, company.name)
  }

  package func delete(_ list: CatalogueList) throws {
    try require(.catalogueManage)
    try writer.delete(list.id, at: now)
    try recordCatalogue("delete", .list, list.id.description, list.name)
  }

  package func delete(_ item: Item) throws {
    try require(.catalogueManage)
    try writer.delete(item.id, at: now)
    try recordCatalogue("delete", .item, item.id.description, item.name)
  }

  package func delete(_ widget: Widget) throws {
    try require(.catalogueManage)
    try writer.delete(widget.id, at: now)
    try recordCatalogue("delete", .widget, widget.id.description, widget.name)
  }

  package func delete(_ endpoint: Endpoint) throws {
    try require(.catalogueManage)
    try writer.delete(endpoint.id, at: now)
    try recordCatalogue("delete", .endpoint, endpoint.id.description, endpoint.name)
  }

  private func recordCatalogue(
    _ verb: String, _ kind: AuditTarget.Kind, _ id: String, _ name: Name,
    _ details: AuditDetails = AuditDetails()
  ) throws {
    try record("catalogue.\(verb)", AuditTarget(kind, id: id, name: name.text), details)
  }

  private func rename(_ before: Name, _ after: Name) -> AuditDetails {
    AuditDetails("name", before: before.text, after: after.text)
  }

  private func details(from before: Widget?, to after: Widget) -> AuditDetails {
    var details = AuditDetails("name", before: before?.name.text, after: after.name.text)
    details.add("url", before: before?.address.text, after: after.address.text)
    details.add("connector", before: before?.connector.description, after: after.connector.description)
    details.add(
      "lists", before: (before?.lists ?? []).map(\.description), after: after.lists.map(\.description))
    details.add("enabled", before: before.map { String($0.isEnabled) }, after: String(after.isEnabled))
    details.add("open", before: before.map { String($0.isOpen) }, after: String(after.isOpen))
    details.add("parameters", before: parameters(before), after: parameters(after))
    return details
  }

  private func parameters(_ widget: Widget?) -> [String] {
    (widget?.parameters ?? [:]).map { "\($0.rawValue)=\($1)" }
  }

  private func details(from before: Endpoint?, to after: Endpoint) -> AuditDetails {
    var details = AuditDetails("name", before: before?.name.text, after: after.name.text)
    details.add("url", before: before?.address.text, after: after.address.text)
    details.add(
      "methods", before: (before?.methods ?? []).map(\.rawValue), after: after.methods.map(\.rawValue))
    details.add("connector", before: before?.connector.description, after: after.connector.description)
    details.add("list", before: before?.list.description, after: after.list.description)
    details.add("enabled", before: before.map { String($0.isEnabled) }, after: String(after.isEnabled))
    return details
  }
}
