import Access
import Administration
import Store

extension NameBook {
  func words(_ before: Widget?, _ after: Widget) -> [FieldChange] {
    var words = Words()
    if let before { words.add("name", before.name.text, after.name.text) }
    words.add("url", before?.address.text, after.address.text)
    words.add(
      "connector", before.map { name($0.connector, \.connectors) }, name(after.connector, \.connectors))
    words.add("lists", names(before?.lists ?? [], \.lists), names(after.lists, \.lists))
    words.add("enabled", before?.isEnabled, after.isEnabled, usual: true)
    words.add("open", before?.isOpen, after.isOpen, usual: false)
    words.add("parameters", parameters(before), parameters(after))
    return words.fields
  }

  func words(_ before: Endpoint?, _ after: Endpoint) -> [FieldChange] {
    var words = Words()
    if let before { words.add("name", before.name.text, after.name.text) }
    words.add("url", before?.address.text, after.address.text)
    // Of what is new only the unusual is told.
    if (before?.match ?? .prefix) != after.match {
      words.add("match", before?.match.rawValue, after.match.rawValue)
    }
    words.add(
      "methods", (before?.methods ?? []).sorted().map(\.rawValue), after.methods.sorted().map(\.rawValue))
    words.add(
      "connector", before.map { name($0.connector, \.connectors) }, name(after.connector, \.connectors))
    words.add("list", before.map { name($0.list, \.lists) }, name(after.list, \.lists))
    words.add("enabled", before?.isEnabled, after.isEnabled, usual: true)
    return words.fields
  }

  private func parameters(_ widget: Widget?) -> [String] {
    (widget?.parameters ?? [:]).map { "\($0.rawValue)=\($1)" }.sorted()
  }
}

extension RoleEntry {
  func words(_ before: CustomRole?) -> [FieldChange] {
    var words = Words()
    if let before { words.add("name", before.name.text, named.name.text) }
    words.add("description", before?.summary.text, summary.text)
    words.add(
      "permissions", (before?.permissions ?? []).sorted().map(\.rawValue),
      permissions.sorted().map(\.rawValue))
    return words.fields
  }
}

extension ConnectorEntry<Named> {
  func words(_ before: ConnectorCatalogue?) -> [FieldChange] {
    var words = Words()
    if let before { words.add("name", before.connector.name.text, named.name.text) }
    words.add(
      "companies", (before?.companies ?? []).map(\.name.text).sorted(), companies.map(\.name.text).sorted())
    let wanted = lists.byKey
    let present = (before?.lists ?? []).byKey
    for key in Set(wanted.keys).union(present.keys).sorted() {
      switch (present[key], wanted[key]) {
      case (let present?, nil): words.add("list \(present.name.text)", "there", nil)
      case (let present, let wanted?): words.add(wanted.words(present, of: before))
      case (nil, nil): break
      }
    }
    return words.fields
  }
}

extension ListEntry<Named> {
  fileprivate func words(_ before: CatalogueList?, of connector: ConnectorCatalogue?) -> Words {
    let title = "list \((before?.name ?? named.name).text)"
    var words = Words(before == nil ? "new \(title): " : "\(title): ")
    if let before {
      words.add("name", before.name.text, named.name.text)
      words.add("group", before.group?.text, group?.text)
    } else {
      words.add("group", nil, group?.text ?? "none")
    }
    for kind in ItemKind.allCases {
      let present = connector?.items(kind, of: before?.id).map(\.name.text) ?? []
      words.add(ListKey(kind).rawValue, present.sorted(), (items[kind] ?? []).map(\.name.text).sorted())
    }
    return words
  }
}
