package import Access
package import Store

/// Changes to the catalogue, as an import makes them. Each is checked and audited; what is inserted
/// under the name of something deleted brings that back.
extension Change {
  /// The id that the entry has: its own, or that of what came back.
  package func add<Entry: CatalogueEntry>(_ entry: Entry) throws -> Identifier<Entry> {
    try require(.catalogueManage)
    let id = try Entry.insert(entry, into: writer)
    try recordCatalogue("add", Entry.auditKind, id, entry.name, entry.details(from: nil))
    try undoLog.add(
      entry.name.text,
      .entry(
        turn: .init(
          was: nil, became: SavedEntry(entry).map { $0.with(id: id.description) },
          holdings: id == entry.id ? nil : try holdings(of: id, entry),
          deletion: id == entry.id
            ? nil : try writer.lastDeletion(of: DeletedThing(Entry.deletedKind, id)) ?? 0,
          isPartless: true)))
    return id
  }

  /// Of what came back, and so has again what named it.
  private func holdings<Entry: CatalogueEntry>(of id: Identifier<Entry>, _ entry: Entry) throws -> String? {
    guard let saved = SavedEntry(entry)?.with(id: id.description) else { return nil }
    return try saved.entry.present(in: writer).map { try holdings(of: $0) }
  }

  package func update<Entry: CatalogueEntry>(_ entry: Entry, was: Entry) throws {
    try require(.catalogueManage)
    try Entry.update(entry, in: writer)
    try recordCatalogue("edit", Entry.auditKind, was.id, was.name, entry.details(from: was))
    undoLog.add(was.name.text, .entry(turn: .init(was: SavedEntry(was), became: SavedEntry(entry))))
  }

  package func delete<Entry: CatalogueEntry>(_ entry: Entry) throws {
    try delete(entry, as: nil, isPartless: false)
  }

  func delete<Entry: CatalogueEntry>(_ entry: Entry, as number: Int64?, isPartless: Bool) throws {
    try require(.catalogueManage)
    let holdings = undoLog.keepsHoldings ? try holdings(of: entry) : nil
    let deletion = try deletion(number)
    ledger.countRemovals(try writer.partCount(of: DeletedThing(Entry.deletedKind, entry.id)))
    try Entry.delete(entry.id, deletion, in: writer)
    try recordCatalogue("delete", Entry.auditKind, entry.id, entry.name)
    undoLog.add(
      entry.name.text,
      .entry(
        turn: .init(
          was: SavedEntry(entry), became: nil, holdings: holdings, deletion: deletion.number,
          isPartless: isPartless)))
  }

  package func addConnector(_ name: Name) throws -> ConnectorID {
    try add(Connector(id: .random(), name: name))
  }

  package func addCompany(_ name: Name, to connector: ConnectorID) throws -> CompanyID {
    try add(Company(id: .random(), connector: connector, name: name))
  }

  package func addList(_ name: Name, group: Name?, to connector: ConnectorID) throws -> ListID {
    try add(CatalogueList(id: .random(), connector: connector, name: name, group: group))
  }

  package func addItem(_ name: Name, _ kind: ItemKind, to list: ListID) throws -> ItemID {
    try add(Item(id: .random(), list: list, kind: kind, name: name))
  }

  func recordCatalogue<Kind>(
    _ verb: String, _ kind: AuditTarget.Kind, _ id: Identifier<Kind>, _ name: Name,
    _ details: AuditDetails = AuditDetails()
  ) throws {
    try record("catalogue.\(verb)", AuditTarget(kind, id: id.description, name: name.text), details)
  }
}

/// Something of the catalogue that is added, changed and deleted alike.
package protocol CatalogueEntry {
  static var auditKind: AuditTarget.Kind { get }
  static var deletedKind: DeletedKind { get }
  var id: Identifier<Self> { get }
  var name: Name { get }
  /// What an audit row tells of a change to this, or of adding it.
  func details(from before: Self?) -> AuditDetails
  /// The same as it is now; nil where it doesn't live.
  func present(in reader: any StoreReader) throws -> Self?
  static func insert(_ entry: Self, into writer: any StoreWriter) throws -> Identifier<Self>
  static func update(_ entry: Self, in writer: any StoreWriter) throws
  static func delete(_ id: Identifier<Self>, _ deletion: Deletion, in writer: any StoreWriter) throws
}

extension CatalogueEntry {
  func renaming(from before: Self?) -> AuditDetails {
    AuditDetails("name", before: before?.name.text, after: name.text)
  }
}
