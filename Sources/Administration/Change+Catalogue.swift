package import Access
private import Store

/// Changes to the catalogue, as an import makes them. Each change is checked and audited. An entry that is
/// inserted under the name of a deleted entry brings the deleted entry back.
extension Change {
  /// Adds an entry, and returns the id that the entry has afterwards: its own id, or the id of a deleted
  /// entry that came back.
  package func add<Member: CatalogueMember>(_ member: Member) throws -> Identifier<Member> {
    try add(member.entry).identifier()
  }

  /// Whether an entry that was added in this transaction is a deleted one that came back.
  package var hasCatalogueComeBack: Bool { ledger.hasCatalogueComeBack }

  func add(_ entry: CatalogueEntry) throws -> DeletedThing {
    try require(.catalogueManage)
    let thing = try writer.insert(entry)
    let turn: UndoStep.Turn<CatalogueEntry>
    if thing == entry.thing {
      turn = .init(was: nil, became: entry)
    } else {
      // The entry that came back is named again by whatever named it before.
      guard let became = try writer.entry(thing) else {
        throw UndoProblem.goneForGood(quoted(entry.name.text))
      }
      ledger.hasCatalogueComeBack = true
      turn = .init(
        was: nil, became: became, holdings: try holdings(of: became),
        deletion: try writer.lastDeletion(of: thing) ?? 0, isPartless: true)
    }
    try recordCatalogue("add", thing, entry.name, entry.details(from: nil), turn)
    return thing
  }

  package func update<Member: CatalogueMember>(_ member: Member, was: Member) throws {
    try update(member.entry, was: was.entry)
  }

  func update(_ entry: CatalogueEntry, was: CatalogueEntry) throws {
    try require(.catalogueManage)
    try updateUnchecked(entry, was: was)
  }

  /// Updates an entry for a caller that has already checked the permission.
  func updateUnchecked(_ entry: CatalogueEntry, was: CatalogueEntry) throws {
    try writer.update(entry)
    try recordCatalogue(
      "edit", was.thing, was.name, entry.details(from: was), .init(was: was, became: entry))
  }

  package func delete(_ member: some CatalogueMember) throws {
    try delete(member.entry, as: nil)
  }

  func delete(_ entry: CatalogueEntry, as again: RepeatedDeletion?) throws {
    try require(.catalogueManage)
    let holdings = undoLog.keepsHoldings ? try holdings(of: entry) : nil
    let deletion = try deletion(again?.number)
    ledger.countRemovals(try writer.partCount(of: entry.thing))
    try writer.delete(entry.thing, deletion)
    try rename(entry.thing, as: again)
    try recordCatalogue(
      "delete", entry.thing, entry.name, AuditDetails(),
      .init(
        was: entry, became: nil, holdings: holdings, deletion: deletion.number,
        isPartless: again?.isPartless == true, formerName: again?.formerName))
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

  private func recordCatalogue(
    _ verb: String, _ thing: DeletedThing, _ name: Name, _ details: AuditDetails,
    _ turn: UndoStep.Turn<CatalogueEntry>
  ) throws {
    let step = UndoStep(name: name.text, change: .entry(turn: turn))
    try record("catalogue.\(verb)", AuditTarget(thing, name: name), details, doing: step)
  }
}

extension AuditTarget {
  init(_ thing: DeletedThing, name: Name) { self.init(.kept(thing.kind), id: thing.idText, name: name.text) }
}
