import Access
import Store

extension Decoder {
  /// The grants of a subject, at most one for each connector.
  func grants(_ node: Node?) -> [GrantEntry] {
    let grants = elements(node, "grants", grant)
    reportDuplicates(grants.map { Spot(value: $0.connector.key, position: $0.connector.position) }) { index in
      "there are two grants on the connector \(shown(grants[index].connector.name.text))"
    }
    return grants
  }

  private func grant(_ node: Node) -> GrantEntry? {
    guard let fields = Fields<GrantKey>(node, problems) else { return nil }
    let roles = connectorRoles(fields[.roles])
    let companies = coverage(fields[.companies], "companies") { names($0, "companies", of: "company") }
    let lists = coverage(fields[.lists], "lists") { names($0, "lists", of: "list") }
    var items: [ItemKind: CoverageEntry<GrantedItem>] = [:]
    for kind in ItemKind.allCases {
      let key = GrantKey(kind)
      guard let node = fields[key] else { continue }
      let coverage = coverage(node, key.rawValue) { grantedItems($0, kind) }
      reportUncovered(coverage, by: lists, kind)
      items[kind] = coverage
    }
    guard let connector = name(fields[.connector], "a connector") else { return nil }
    return GrantEntry(
      position: fields.position, connector: connector, roles: roles, companies: companies, lists: lists,
      items: items, bounds: bounds(from: fields[.from], until: fields[.until]))
  }

  private func connectorRoles(_ node: Node?) -> Set<ConnectorRole> {
    let words = ConnectorRole.allCases.map { (text: $0.rawValue, value: $0) }
    let roles = elements(node, "roles") { element in
      word(element, "connector role", words).map { Spot(value: $0, position: element.position) }
    }
    reportDuplicates(roles) { "the connector role \(roles[$0].value.rawValue) is there twice" }
    return Set(roles.map(\.value))
  }

  /// Reads a list, or the word `all`. An absent node covers nothing.
  func coverage<Element>(
    _ node: Node?, _ what: String, _ list: (Node) -> [Element]
  ) -> CoverageEntry<Element> {
    guard let node else { return .only([]) }
    switch node.content {
    case .scalar(let scalar) where scalar.text == "all": return .all
    case .sequence: return .only(list(node))
    default:
      wrongType(node, what, "a list or the word all")
      return .only([])
    }
  }

  /// The items of a kind, each by its list and its name.
  func grantedItems(_ node: Node, _ kind: ItemKind) -> [GrantedItem] {
    let items = elements(node, kind.words, grantedItem)
    let spots = items.map { Spot(value: [$0.list.key, $0.name.key], position: $0.name.position) }
    reportDuplicates(spots) { "the \(kind.words) \(shown(items[$0].name.name.text)) is there twice" }
    return items
  }

  private func grantedItem(_ node: Node) -> GrantedItem? {
    guard let fields = Fields<GrantedItemKey>(node, problems) else { return nil }
    let list = name(fields[.list], "a list")
    guard let name = name(fields[.name]), let list else { return nil }
    return GrantedItem(list: list, name: name)
  }

  /// Reports an item whose list the grant does not cover, because such an item would give nothing.
  private func reportUncovered(
    _ items: CoverageEntry<GrantedItem>, by lists: CoverageEntry<Named>, _ kind: ItemKind
  ) {
    guard let items = items.only, let lists = lists.only else { return }
    let covered = Set(lists.map(\.key))
    for item in items where !covered.contains(item.list.key) {
      problems.add(
        "the grant gives the \(kind.words) \(shown(item.name.name.text)) of the list "
          + "\(shown(item.list.name.text)), which it does not cover",
        at: item.list.position, hint: "add the list to the grant's lists, or take the \(kind.words) out")
    }
  }
}
