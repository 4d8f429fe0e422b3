import Access
import Store

/// The catalogue's names that a command line can mean.
struct CompletionCatalogue {
  let reader: any SecurityReader
  let line: CompletionLine

  func names(_ kind: NameCompletion) throws -> [String] {
    switch kind {
    case .connectors: try reader.connectors().map(\.name.text)
    case .widgets: try reader.widgets().map(\.name.text)
    case .endpoints: try reader.endpoints().map(\.name.text)
    case .companies: try all { try reader.companies(of: $0).map(\.name.text) }
    case .lists: try all { try reader.lists(of: $0).map(\.name.text) }
    case .groups: try all { try reader.lists(of: $0).compactMap { $0.group?.text } }
    case .items(let kind): try items(kind).map { $0.item.name.text }
    case .listItems(let kind): try items(kind).map { "\($0.list.name.text): \($0.item.name.text)" }
    default: []
    }
  }

  /// The connectors that are meant: the named one, that of the named widget or endpoint, or else all.
  private func connectors() throws -> [ConnectorID] {
    if let key = key("--connector") { return try reader.connector(named: key).map { [$0.id] } ?? [] }
    if let key = key("--widget") {
      return try reader.widgets().filter { NameKey($0.name) == key }.map(\.connector)
    }
    if let key = key("--endpoint") {
      return try reader.endpoints().filter { NameKey($0.name) == key }.map(\.connector)
    }
    return try reader.connectors().map(\.id)
  }

  /// The names that connectors have, each once.
  private func all(_ names: (ConnectorID) throws -> [String]) throws -> [String] {
    Set(try connectors().flatMap(names)).sorted()
  }

  private func items(_ kind: ItemKind) throws -> [(list: CatalogueList, item: Item)] {
    let wanted = key("--list")
    return try connectors().flatMap { connector in
      let lists = Dictionary(uniqueKeysWithValues: try reader.lists(of: connector).map { ($0.id, $0) })
      return try reader.items(of: connector).compactMap { item -> (list: CatalogueList, item: Item)? in
        guard item.kind == kind, let list = lists[item.list],
          wanted.map({ $0 == NameKey(list.name) }) ?? true
        else { return nil }
        return (list, item)
      }
    }
  }

  private func key(_ option: String) -> NameKey? {
    guard let name = line.value(of: option).flatMap({ try? Name($0) }) else { return nil }
    return NameKey(name)
  }
}
