import Access
import Administration
import Store

/// What an import takes out of the catalogue.
struct Vanished {
  private(set) var companies: [CompanyID: Name] = [:]
  private(set) var lists: [ListID: Name] = [:]
  private(set) var items: [ItemID: (item: Item, list: Name)] = [:]
  /// The connectors of which something goes.
  private(set) var connectors: [Connector] = []

  mutating func add(_ state: PresentState.ConnectorState?, becoming entry: ConnectorEntry) {
    guard let state else { return }
    let before = (companies.count, lists.count, items.count)
    let keptCompanies = Set(entry.companies.map(\.key))
    for (key, company) in state.companies where !keptCompanies.contains(key) {
      companies[company.id] = company.name
    }
    let kept = Dictionary(entry.lists.map { ($0.named.key, $0) }) { first, _ in first }
    for (key, list) in state.lists {
      let entry = kept[key]
      if entry == nil { lists[list.list.id] = list.list.name }
      for (kind, present) in list.items {
        let keptItems = Set((entry?.items[kind] ?? []).map(\.key))
        for (key, item) in present where !keptItems.contains(key) { items[item.id] = (item, list.list.name) }
      }
    }
    if before != (companies.count, lists.count, items.count) { connectors.append(state.connector) }
  }

  /// Widgets and endpoints that show a list which goes, in words.
  func orphans(_ present: PresentState) -> [String] {
    let widgets = present.livingWidgets.values.compactMap { widget -> String? in
      let gone = widget.lists.compactMap { lists[$0]?.text }.sorted()
      guard !gone.isEmpty else { return nil }
      return "widget \(shown(widget.name.text)): \(gone.map(shown).joined(separator: ", "))"
    }
    let endpoints = present.livingEndpoints.values.compactMap { endpoint -> String? in
      lists[endpoint.list].map { "endpoint \(shown(endpoint.name.text)): \(shown($0.text))" }
    }
    return widgets.sorted() + endpoints.sorted()
  }

  /// What a grant names of it, in words.
  func parts(of permissions: Permissions) -> [String] {
    let companies = (permissions.companies.only ?? []).compactMap { self.companies[$0] }
    let lists = (permissions.lists.only ?? []).compactMap { self.lists[$0] }
    let items = ItemKind.allCases.flatMap { kind in
      (permissions[kind].only ?? []).compactMap { self.items[$0.item] }.map {
        "\(kind.words) \(shown($0.item.name.text)) of \(shown($0.list.text))"
      }.sorted()
    }
    return companies.map { "company \(shown($0.text))" }.sorted()
      + lists.map { "list \(shown($0.text))" }.sorted() + items
  }
}

/// Finds the grants that name what vanishes.
struct GrantsOnVanished {
  private let vanished: Vanished
  private let reader: any SecurityReader

  init(_ vanished: Vanished, _ reader: any SecurityReader) {
    self.vanished = vanished
    self.reader = reader
  }

  /// The first of them, teams before API users and users, and how many there are.
  func find() throws -> (told: [DanglingGrant], count: Int) {
    var told: [DanglingGrant] = []
    var count = 0
    for connector in vanished.connectors {
      try reader.forEachGrantHolder(on: connector.id) { holder in
        let parts = vanished.parts(of: holder.grant.permissions)
        guard !parts.isEmpty else { return }
        count += 1
        guard told.count < ImportPlan.mostGrants else { return }
        let subject = "\(holder.kind?.title ?? "team") \(shown(holder.name.text))"
        told.append(DanglingGrant(subject: subject, connector: connector.name.text, parts: parts))
      }
    }
    return (told, count)
  }
}
