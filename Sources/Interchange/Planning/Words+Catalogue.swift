import Access
import Store

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
