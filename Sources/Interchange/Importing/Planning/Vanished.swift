import Access
import Administration
import Store

/// What an import removes from the catalogue.
struct Vanished {
  private(set) var names = NameBook()
  /// The names of the lists of removed items, also of lists that stay.
  private var itemLists: [ListID: Name] = [:]
  /// The connectors from which something is removed.
  private(set) var connectors: [Connector] = []

  mutating func add(_ present: ConnectorCatalogue?, becoming entry: ConnectorEntry<Named>) {
    guard let present else { return }
    let before = count
    let keptCompanies = Set(entry.companies.map(\.key))
    for (key, company) in present.companies.byKey where !keptCompanies.contains(key) {
      names.companies[company.id] = company.name
    }
    let kept = entry.lists.byKey
    for (key, list) in present.lists.byKey {
      let entry = kept[key]
      if entry == nil { names.lists[list.id] = list.name }
      itemLists[list.id] = list.name
      for kind in ItemKind.allCases {
        let keptItems = Set((entry?.items[kind] ?? []).map(\.key))
        for (key, item) in present.items(kind, of: list.id).byKey where !keptItems.contains(key) {
          names.items[item.id] = item
        }
      }
    }
    if before != count { connectors.append(present.connector) }
  }

  private var count: Int { names.companies.count + names.lists.count + names.items.count }

  /// The widgets and endpoints that show a removed list, in words.
  func orphans(_ present: PresentState) -> [String] {
    let widgets = present.livingWidgets.values.compactMap { widget -> String? in
      let gone = widget.lists.compactMap { names.lists[$0]?.text }.sorted()
      guard !gone.isEmpty else { return nil }
      return "widget \(shown(widget.name.text)): \(gone.map(shown).joined(separator: ", "))"
    }
    let endpoints = present.livingEndpoints.values.compactMap { endpoint -> String? in
      names.lists[endpoint.list].map { "endpoint \(shown(endpoint.name.text)): \(shown($0.text))" }
    }
    return widgets.sorted() + endpoints.sorted()
  }

  /// The removed parts that a grant names, in words.
  func parts(of permissions: Permissions) -> [String] {
    let companies = (permissions.companies.only ?? []).compactMap { names.companies[$0] }
    let lists = (permissions.lists.only ?? []).compactMap { names.lists[$0] }
    let items = ItemKind.allCases.flatMap { kind in
      (permissions[kind].only ?? []).compactMap { names.items[$0.item] }.map {
        "\(kind.words) \(shown($0.name.text)) of \(shown(itemLists[$0.list]?.text ?? ""))"
      }.sorted()
    }
    return companies.map { "company \(shown($0.text))" }.sorted()
      + lists.map { "list \(shown($0.text))" }.sorted() + items
  }
}

/// Finds the grants that name something removed.
struct GrantsOnVanished {
  private let vanished: Vanished
  private let reader: any SecurityReader

  init(_ vanished: Vanished, _ reader: any SecurityReader) {
    self.vanished = vanished
    self.reader = reader
  }

  /// The first such grants, teams before API users and users, and the number of all.
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
