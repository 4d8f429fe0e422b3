package import Access
package import Store

// The kinds of catalogue entries. The store's functions are named alike for all of them, which only
// the concrete types can tell.

extension Connector: CatalogueEntry {
  package static var auditKind: AuditTarget.Kind { .connector }
  package static var deletedKind: DeletedKind { .connector }
  package func present(in reader: any StoreReader) throws -> Connector? { try reader.connector(id) }
  package func details(from before: Connector?) -> AuditDetails { renaming(from: before) }
  package static func insert(_ entry: Connector, into writer: any StoreWriter) throws -> Identifier<Connector>
  {
    try writer.insert(entry)
  }
  package static func update(_ entry: Connector, in writer: any StoreWriter) throws {
    try writer.update(entry)
  }
  package static func delete(_ id: Identifier<Connector>, _ deletion: Deletion, in writer: any StoreWriter)
    throws
  {
    try writer.delete(id, deletion)
  }
}

extension Company: CatalogueEntry {
  package static var auditKind: AuditTarget.Kind { .company }
  package static var deletedKind: DeletedKind { .company }
  package func present(in reader: any StoreReader) throws -> Company? { try reader.company(id) }
  package func details(from before: Company?) -> AuditDetails { renaming(from: before) }
  package static func insert(_ entry: Company, into writer: any StoreWriter) throws -> Identifier<Company> {
    try writer.insert(entry)
  }
  package static func update(_ entry: Company, in writer: any StoreWriter) throws { try writer.update(entry) }
  package static func delete(_ id: Identifier<Company>, _ deletion: Deletion, in writer: any StoreWriter)
    throws
  {
    try writer.delete(id, deletion)
  }
}

extension CatalogueList: CatalogueEntry {
  package static var auditKind: AuditTarget.Kind { .list }
  package static var deletedKind: DeletedKind { .list }
  package func present(in reader: any StoreReader) throws -> CatalogueList? { try reader.list(id) }
  package func details(from before: CatalogueList?) -> AuditDetails {
    var details = renaming(from: before)
    details.add("group", before: before?.group?.text, after: group?.text)
    return details
  }
  package static func insert(_ entry: CatalogueList, into writer: any StoreWriter) throws -> Identifier<
    CatalogueList
  > {
    try writer.insert(entry)
  }
  package static func update(_ entry: CatalogueList, in writer: any StoreWriter) throws {
    try writer.update(entry)
  }
  package static func delete(
    _ id: Identifier<CatalogueList>, _ deletion: Deletion, in writer: any StoreWriter
  )
    throws
  {
    try writer.delete(id, deletion)
  }
}

extension Item: CatalogueEntry {
  package static var auditKind: AuditTarget.Kind { .item }
  package static var deletedKind: DeletedKind { .item }
  package func present(in reader: any StoreReader) throws -> Item? { try reader.item(id) }
  package func details(from before: Item?) -> AuditDetails {
    var details = renaming(from: before)
    details.add("kind", before: before?.kind.rawValue, after: kind.rawValue)
    return details
  }
  package static func insert(_ entry: Item, into writer: any StoreWriter) throws -> Identifier<Item> {
    try writer.insert(entry)
  }
  package static func update(_ entry: Item, in writer: any StoreWriter) throws { try writer.update(entry) }
  package static func delete(_ id: Identifier<Item>, _ deletion: Deletion, in writer: any StoreWriter) throws
  {
    try writer.delete(id, deletion)
  }
}

extension Widget: CatalogueEntry {
  package static var auditKind: AuditTarget.Kind { .widget }
  package static var deletedKind: DeletedKind { .widget }
  package func present(in reader: any StoreReader) throws -> Widget? { try reader.widget(id) }
  package func details(from before: Widget?) -> AuditDetails {
    var details = renaming(from: before)
    details.add("url", before: before?.address.text, after: address.text)
    details.add("connector", before: before?.connector.description, after: connector.description)
    details.add("lists", before: (before?.lists ?? []).map(\.description), after: lists.map(\.description))
    details.add("enabled", before: before.map { String($0.isEnabled) }, after: String(isEnabled))
    details.add("open", before: before.map { String($0.isOpen) }, after: String(isOpen))
    details.add("parameters", before: before?.parameterWords ?? [], after: parameterWords)
    return details
  }
  package static func insert(_ entry: Widget, into writer: any StoreWriter) throws -> Identifier<Widget> {
    try writer.insert(entry)
  }
  package static func update(_ entry: Widget, in writer: any StoreWriter) throws { try writer.update(entry) }
  package static func delete(_ id: Identifier<Widget>, _ deletion: Deletion, in writer: any StoreWriter)
    throws
  {
    try writer.delete(id, deletion)
  }
  private var parameterWords: [String] { parameters.map { "\($0.rawValue)=\($1)" } }
}

extension Endpoint: CatalogueEntry {
  package static var auditKind: AuditTarget.Kind { .endpoint }
  package static var deletedKind: DeletedKind { .endpoint }
  package func present(in reader: any StoreReader) throws -> Endpoint? { try reader.endpoint(id) }
  package func details(from before: Endpoint?) -> AuditDetails {
    var details = renaming(from: before)
    details.add("url", before: before?.address.text, after: address.text)
    details.add("match", before: before?.match.rawValue, after: match.rawValue)
    details.add("methods", before: (before?.methods ?? []).map(\.rawValue), after: methods.map(\.rawValue))
    details.add("connector", before: before?.connector.description, after: connector.description)
    details.add("list", before: before?.list.description, after: list.description)
    details.add("enabled", before: before.map { String($0.isEnabled) }, after: String(isEnabled))
    return details
  }
  package static func insert(_ entry: Endpoint, into writer: any StoreWriter) throws -> Identifier<Endpoint> {
    try writer.insert(entry)
  }
  package static func update(_ entry: Endpoint, in writer: any StoreWriter) throws {
    try writer.update(entry)
  }
  package static func delete(_ id: Identifier<Endpoint>, _ deletion: Deletion, in writer: any StoreWriter)
    throws
  {
    try writer.delete(id, deletion)
  }
}
