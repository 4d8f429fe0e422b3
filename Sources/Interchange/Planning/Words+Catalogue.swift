import Access
import Store

extension ConnectorEntry {
  func words(_ before: PresentState.ConnectorState?) -> [FieldChange] {
    var words = Words()
    if let before { words.add("name", before.connector.name.text, named.name.text) }
    words.add(
      "companies", (before?.companies.values.map(\.name.text) ?? []).sorted(),
      companies.map(\.name.text).sorted())
    let wanted = Dictionary(lists.map { ($0.named.key, $0) }) { first, _ in first }
    let present = before?.lists ?? [:]
    for key in Set(wanted.keys).union(present.keys).sorted() {
      switch (present[key], wanted[key]) {
      case (let present?, nil): words.add("list \(present.list.name.text)", "there", nil)
      case (let present, let wanted?): words.add(wanted.words(present))
      case (nil, nil): break
      }
    }
    return words.fields
  }
}

extension ListEntry {
  fileprivate func words(_ before: PresentState.ListState?) -> Words {
    let title = "list \(before?.list.name.text ?? named.name.text)"
    var words = Words(before == nil ? "new \(title): " : "\(title): ")
    if let before {
      words.add("name", before.list.name.text, named.name.text)
      words.add("group", before.list.group?.text, group?.text)
    } else {
      words.add("group", nil, group?.text ?? "none")
    }
    for kind in ItemKind.allCases {
      let present = before?.items[kind]?.values.map(\.name.text) ?? []
      words.add(ListKey(kind).rawValue, present.sorted(), (items[kind] ?? []).map(\.name.text).sorted())
    }
    return words
  }
}
