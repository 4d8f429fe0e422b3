import Access
import Administration
import Store

/// Makes the catalogue equal to a file's. Adding and changing is one step, and removing is another one.
struct CatalogueApplier {
  private let file: SecurityFile
  private let change: Change
  private let present: PresentState
  private let cameBack: CameBack
  private let steps: Steps

  init(
    _ file: SecurityFile, _ change: Change, _ present: PresentState, _ cameBack: CameBack, _ steps: Steps
  ) {
    self.file = file
    self.change = change
    self.present = present
    self.cameBack = cameBack
    self.steps = steps
  }

  func addAndChange() throws {
    for entry in file.connectors ?? [] {
      let state = present.connectors[entry.named.key]
      let id = try connector(entry, state)
      for company in entry.companies { try self.company(company, state?.companyIndex[company.key], of: id) }
      for list in entry.lists {
        try self.list(list, state, of: id)
        if steps.countsLists { steps.did() }
      }
      if !entry.words(state).isEmpty { steps.did() }
    }
    let now = try PresentState(change.reader)
    let resolver = Resolver(directory: Directory(file, now), present: now, problems: Problems())
    for entry in file.widgets ?? [] { try widget(entry, resolver) }
    for entry in file.endpoints ?? [] { try endpoint(entry, resolver) }
  }

  func remove() throws {
    if let entries = file.endpoints {
      try remove(present.livingEndpoints, keeping: entries.map(\.named)) { try change.delete($0) }
    }
    if let entries = file.widgets {
      try remove(present.livingWidgets, keeping: entries.map(\.named)) { try change.delete($0) }
    }
    guard let entries = file.connectors else { return }
    for entry in entries {
      if let state = present.connectors[entry.named.key] { try removeParts(of: state, keeping: entry) }
    }
    try remove(present.connectors, keeping: entries.map(\.named)) { try change.delete($0.connector) }
  }

  private func removeParts(
    of present: ConnectorCatalogue, keeping entry: ConnectorEntry<Named>
  ) throws {
    for company in gone(present.companies.byKey, keeping: entry.companies) { try change.delete(company) }
    for list in entry.lists {
      let id = present.listIndex[list.named.key]?.id
      for kind in ItemKind.allCases {
        let items = present.items(kind, of: id).byKey
        for item in gone(items, keeping: list.items[kind] ?? []) { try change.delete(item) }
      }
    }
    for list in gone(present.lists.byKey, keeping: entry.lists.map(\.named)) { try change.delete(list) }
  }

  private func remove<Value>(
    _ present: [NameKey: Value], keeping names: [Named], _ body: (Value) throws -> Void
  ) throws {
    for value in gone(present, keeping: names) {
      try body(value)
      steps.did()
    }
  }

  /// The values that the file does not list, ordered by name.
  private func gone<Value>(_ present: [NameKey: Value], keeping names: [Named]) -> [Value] {
    let kept = Set(names.map(\.key))
    return present.filter { !kept.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value)
  }

  private func connector(
    _ entry: ConnectorEntry<Named>, _ state: ConnectorCatalogue?
  ) throws -> ConnectorID {
    guard let before = state?.connector else { return try change.addConnector(entry.named.name) }
    if before.name != entry.named.name {
      try change.update(Connector(id: before.id, name: entry.named.name), was: before)
    }
    return before.id
  }

  private func company(_ named: Named, _ before: Company?, of connector: ConnectorID) throws {
    guard let before else {
      _ = try change.addCompany(named.name, to: connector)
      return
    }
    if before.name != named.name {
      try change.update(Company(id: before.id, connector: connector, name: named.name), was: before)
    }
  }

  private func list(
    _ entry: ListEntry<Named>, _ state: ConnectorCatalogue?, of connector: ConnectorID
  ) throws {
    let before = state?.listIndex[entry.named.key]
    let id = try before?.id ?? change.addList(entry.named.name, group: entry.group, to: connector)
    if let before, before.name != entry.named.name || before.group != entry.group {
      let after = CatalogueList(id: id, connector: connector, name: entry.named.name, group: entry.group)
      try change.update(after, was: before)
    }
    for kind in ItemKind.allCases {
      let items = (state?.items(kind, of: before?.id) ?? []).byKey
      for named in entry.items[kind] ?? [] { try item(named, kind, items[named.key], of: id) }
    }
  }

  private func item(_ named: Named, _ kind: ItemKind, _ before: Item?, of list: ListID) throws {
    guard let before else {
      _ = try change.addItem(named.name, kind, to: list)
      return
    }
    if before.name != named.name {
      try change.update(Item(id: before.id, list: list, kind: kind, name: named.name), was: before)
    }
  }

  private func widget(_ entry: WidgetEntry, _ resolver: Resolver) throws {
    let before = present.widgets[entry.named.key]
    guard let after = resolver.widget(entry, id: before?.id ?? .random()), after != before else { return }
    if let before {
      try change.update(after, was: before)
    } else {
      let id = try change.add(after)
      // The widget came back under its old id.
      if id != after.id { cameBack.widgets.insert(id) }
    }
    steps.did()
  }

  private func endpoint(_ entry: EndpointEntry, _ resolver: Resolver) throws {
    let before = present.endpoints[entry.named.key]
    guard let after = resolver.endpoint(entry, id: before?.id ?? .random()), after != before else { return }
    if let before {
      try change.update(after, was: before)
    } else {
      let id = try change.add(after)
      if id != after.id { cameBack.endpoints.insert(id) }
    }
    steps.did()
  }
}
