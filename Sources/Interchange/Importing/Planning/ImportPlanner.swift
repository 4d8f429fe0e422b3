import Access
import Administration
import Store

/// Finds what has to change for some connectors to be as a document says. The planner makes a security file
/// with all connectors, and with all endpoints where the document has some. In this file the document's
/// connectors are as the document says, and everything else is as it is now. The file is then planned and
/// carried out like any other security file.
struct ImportPlanner {
  /// The plan, and the file that carries it out.
  struct Outcome {
    let plan: ImportPlan
    let file: SecurityFile
    let draft: Draft
  }

  private let imported: CatalogueImport
  private let reader: any SecurityReader
  private let now: Timestamp
  private let present: PresentState

  init(_ imported: CatalogueImport, _ reader: any SecurityReader, now: Timestamp) throws {
    self.imported = imported
    self.reader = reader
    self.now = now
    present = try PresentState(reader)
  }

  /// Makes the plan. Errors: ``SecurityFileErrors``, ``StoreError``.
  func outcome() throws -> Outcome {
    let (file, leftOut) = try file()
    let planner = try Planner(file, reader, now: now, present: present)
    let draft = try planner.draft()
    var changes: [ImportChange] = []
    var vanished = Vanished()
    var returning: [String] = []
    var opening: [String] = []
    for entry in file.connectors ?? [] where isImported(entry.named.key) {
      let state = present.connectors[entry.named.key]
      changes += ImportDifference(entry, state).changes
      vanished.add(state, becoming: entry)
      returning += try planner.revivals(entry, state).map(\.text)
      opening += try planner.openings(entry, state).map { "\(shown(entry.named.name.text)): \($0.text)" }
    }
    changes += endpointChanges(draft.plan)
    let bare = (file.connectors ?? []).compactMap { note(onLosingAllCompanies: $0) }
    let grants = try GrantsOnVanished(vanished, reader).find()
    let narrowed = try narrowedTokens(file, planner).find()
    let plan = ImportPlan(
      changes: changes, opening: opening, returning: returning, dangling: grants.told,
      danglingCount: grants.count, orphans: vanished.orphans(present), narrowed: narrowed.told,
      narrowedCount: narrowed.count, notes: bare + imported.notes + leftOut, plan: draft.plan)
    return Outcome(plan: plan, file: file, draft: draft)
  }

  private func narrowedTokens(_ file: SecurityFile, _ planner: Planner) -> NarrowedTokens {
    guard let entries = file.endpoints else { return NarrowedTokens([], becoming: { $0 }, reader) }
    let after = Dictionary(entries.map { ($0.named.key, $0) }) { first, _ in first }
    return NarrowedTokens(
      present.livingEndpoints.values,
      becoming: { before in
        after[NameKey(before.name)].flatMap { planner.resolver.endpoint($0, id: before.id) }
      }, reader)
  }

  /// Warns where a connector loses all its companies. A connector without companies limits nobody to a
  /// company, so people with a grant for one company keep their access without this limit.
  private func note(onLosingAllCompanies entry: ConnectorEntry<Named>) -> ImportNote? {
    guard let state = present.connectors[entry.named.key], !state.companies.isEmpty, entry.companies.isEmpty
    else { return nil }
    return ImportNote(
      "the connector \(shown(entry.named.name.text)) loses its last company: grants on it are no longer "
        + "narrowed to any")
  }

  private func isImported(_ key: NameKey) -> Bool {
    imported.connectors.contains { $0.entry.named.key == key }
  }

  private func endpointChanges(_ plan: Plan) -> [ImportChange] {
    plan.changes.filter { $0.section == .endpoints }.map {
      ImportChange(
        kind: $0.kind, thing: .endpoint, name: $0.name,
        connector: imported.connectors.first?.entry.named.name.text ?? "", details: $0.fields.map(\.text))
    }
  }

  // MARK: - The file

  private func file() throws(SecurityFileErrors) -> (SecurityFile, [ImportNote]) {
    var file = SecurityFile(name: imported.name)
    let others = present.connectors.filter { !isImported($0.key) }.map { ConnectorEntry<Named>($0.value) }
    var entries: [ConnectorEntry<Named>] = []
    for connector in imported.connectors { entries.append(try entry(connector)) }
    file.connectors = others + entries
    var notes: [ImportNote] = []
    let told = imported.connectors.compactMap(\.endpoints)
    if !told.isEmpty {
      let kept = keptEndpoints
      var free = FreeEndpoints(kept, present, of: Set(imported.connectors.compactMap(id)))
      let taken = told.joined().compactMap { free.taking($0, &notes) }
      var opened = OpenedOperations(imported.connectors.flatMap(\.leftOut) + free.leftOut)
      let closed = opened.closing(taken)
      notes += closed.notes
      file.endpoints = kept.map(\.entry) + closed.kept
    }
    return (file, notes)
  }

  private func id(of connector: ImportedConnector<Named>) -> ConnectorID? {
    present.connectors[connector.entry.named.key]?.id
  }

  /// The connector as the file is to have it. Where the document lists no companies, the present ones stay. A
  /// connector that should have companies is refused without any, because a connector without companies
  /// limits nobody to one.
  private func entry(
    _ connector: ImportedConnector<Named>
  ) throws(SecurityFileErrors) -> ConnectorEntry<Named> {
    var entry = connector.entry
    if !connector.namesCompanies {
      entry.companies = (present.connectors[entry.named.key]?.companies ?? []).map { Named($0.name) }
    }
    guard !(entry.companies.isEmpty && connector.hasCompanies) else {
      throw SecurityFileErrors(
        fileName: imported.name,
        problems: [
          FileProblem(
            "the service has companies, whose names its metadata does not tell", at: .start,
            hint: "name its companies (--companies A,B)")
        ])
    }
    return entry
  }

  /// The endpoints that stay: those of other connectors, and those of connectors for which the document lists
  /// no endpoints.
  private var keptEndpoints: [(endpoint: Endpoint, entry: EndpointEntry)] {
    let replaced = Set(imported.connectors.filter { $0.endpoints != nil }.compactMap(id))
    let names = NameBook(present)
    return present.livingEndpoints.values.filter { !replaced.contains($0.connector) }.compactMap { endpoint in
      guard let connector = names.connectors[endpoint.connector], let list = names.lists[endpoint.list] else {
        return nil
      }
      return (endpoint, EndpointEntry(endpoint, Named(connector), Named(list)))
    }
  }
}

extension Named {
  /// A name from the store, which has no place in a file.
  init(_ name: Name) { self.init(name: name, key: NameKey(name), position: .start) }
}

extension ConnectorEntry<Named> {
  /// The entry for a connector as it is now.
  fileprivate init(_ present: ConnectorCatalogue) {
    self.init(
      named: Named(present.connector.name), companies: present.companies.map { Named($0.name) },
      lists: present.lists.map { list in
        ListEntry(
          named: Named(list.name), group: list.group,
          items: Dictionary(grouping: present.items[list.id] ?? [], by: \.kind)
            .mapValues { $0.map { Named($0.name) } })
      })
  }
}

extension EndpointEntry {
  /// The entry for an endpoint as it is now.
  fileprivate init(_ endpoint: Endpoint, _ connector: Named, _ list: Named) {
    self.init(
      named: Named(endpoint.name), address: Spot(value: endpoint.address, position: .start),
      match: endpoint.match, methods: endpoint.methods, connector: connector, list: list,
      isEnabled: endpoint.isEnabled)
  }
}
