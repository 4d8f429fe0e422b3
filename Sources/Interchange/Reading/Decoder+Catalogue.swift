import Access

extension Decoder {
  func connector(_ node: Node) -> ConnectorEntry<Named>? {
    guard let fields = Fields<ConnectorKey>(node, problems) else { return nil }
    let companies = names(fields[.companies], "companies", of: "company")
    let lists = elements(fields[.lists], "lists", list)
    reportDuplicates(lists.map(\.named), "list")
    guard let named = name(fields[.name]) else { return nil }
    return ConnectorEntry(named: named, companies: companies, lists: lists)
  }

  private func list(_ node: Node) -> ListEntry<Named>? {
    guard let fields = Fields<ListKey>(node, problems) else { return nil }
    let group = name(fields[.group], "a group")?.name
    var items: [ItemKind: [Named]] = [:]
    for kind in ItemKind.allCases {
      let key = ListKey(kind)
      let names = names(fields[key], key.rawValue, of: kind.words)
      if !names.isEmpty { items[kind] = names }
    }
    guard let named = name(fields[.name]) else { return nil }
    return ListEntry(named: named, group: group, items: items)
  }

  func widget(_ node: Node) -> WidgetEntry? {
    guard let fields = Fields<WidgetKey>(node, problems) else { return nil }
    let named = name(fields[.name])
    let address = address(fields[.url], Address.init)
    let connector = name(fields[.connector], "a connector")
    let lists = names(fields[.lists], "lists", of: "list")
    let isEnabled = flag(fields[.enabled], "enabled", default: true)
    let isOpen = flag(fields[.open], "open", default: false)
    let parameters = parameters(fields[.parameters])
    guard let named, let address, let connector else { return nil }
    return WidgetEntry(
      named: named, address: address, connector: connector, lists: lists, isEnabled: isEnabled,
      isOpen: isOpen, parameters: parameters)
  }

  func endpoint(_ node: Node) -> EndpointEntry? {
    guard let fields = Fields<EndpointKey>(node, problems) else { return nil }
    let named = name(fields[.name])
    let address = address(fields[.url], AddressTemplate.init)
    let match = match(fields[.match])
    let methods = methods(fields[.methods])
    let connector = name(fields[.connector], "a connector")
    let list = name(fields[.list], "a list")
    let isEnabled = flag(fields[.enabled], "enabled", default: true)
    guard let named, let address, let connector, let list else { return nil }
    return EndpointEntry(
      named: named, address: address, match: match, methods: methods, connector: connector, list: list,
      isEnabled: isEnabled)
  }

  private func address<Value>(
    _ node: Node?, _ make: (String) throws(AddressProblem) -> Value
  ) -> Spot<Value>? {
    guard let node, let text = text(node, "an address") else { return nil }
    do { return Spot(value: try make(text), position: node.position) } catch {
      problems.add(error.description, at: node.position)
      return nil
    }
  }

  private func match(_ node: Node?) -> AddressMatch {
    let words = AddressMatch.allCases.map { (text: $0.rawValue, value: $0) }
    return node.flatMap { word($0, "match", words) } ?? .prefix
  }

  private func methods(_ node: Node?) -> Set<HTTPMethod> {
    guard let node else { return [.get] }
    let methods = elements(node, "methods", method)
    reportDuplicates(methods) { "the method \(methods[$0].value.rawValue) is there twice" }
    if case .sequence(let nodes) = node.content, nodes.isEmpty {
      problems.add("an endpoint takes at least one method", at: node.position, hint: "drop the key for GET")
    }
    return Set(methods.map(\.value))
  }

  private func method(_ node: Node) -> Spot<HTTPMethod>? {
    guard let text = text(node, "a method") else { return nil }
    if let method = HTTPMethod(rawValue: text) { return Spot(value: method, position: node.position) }
    problems.add(
      "\(shown(text)) is no HTTP method", at: node.position,
      hint: HTTPMethod(rawValue: text.uppercased()).map { "did you mean \($0.rawValue)?" }
        ?? "a method is 1 to 20 capital letters")
    return nil
  }

  private func parameters(_ node: Node?) -> [WidgetParameter: String] {
    guard let node, let fields = Fields<WidgetParameter>(node, problems) else { return [:] }
    var result: [WidgetParameter: String] = [:]
    var spots: [Spot<String>] = []
    for key in WidgetParameter.allCases {
      guard let value = fields[key], let text = text(value, "a query parameter") else { continue }
      guard isQueryParameter(text, at: value.position) else { continue }
      result[key] = text
      spots.append(Spot(value: text, position: value.position))
    }
    reportDuplicates(spots.sorted { $0.position < $1.position }) { _ in
      "one query parameter narrows two things"
    }
    return result
  }

  private func isQueryParameter(_ text: String, at position: FilePosition) -> Bool {
    switch WidgetParameter.problem(ofQueryParameter: text) {
    case nil: return true
    case .tokenID: problems.add("the query parameter \(shown(text)) is the Token ID's", at: position)
    case .malformed:
      problems.add(
        "\(shown(text)) is no query parameter", at: position, hint: QueryParameterProblem.form)
    }
    return false
  }

  func role(_ node: Node) -> RoleEntry? {
    guard let fields = Fields<RoleKey>(node, problems) else { return nil }
    let summary = summary(fields[.description])
    let words = Permission.allCases.map { (text: $0.rawValue, value: $0) }
    let permissions = elements(fields[.permissions], "permissions") { element in
      word(element, "permission", words).map { Spot(value: $0, position: element.position) }
    }
    reportDuplicates(permissions) { "the permission \(permissions[$0].value.rawValue) is there twice" }
    guard let named = name(fields[.name]) else { return nil }
    return RoleEntry(named: named, summary: summary, permissions: Set(permissions.map(\.value)))
  }
}

extension WidgetParameter: EntryKey {
  static let owner = "the parameters of a widget"
}

extension ItemKind {
  /// The words for the kind in a sentence, as in `list action`.
  var words: String { self == .listAction ? "list action" : rawValue }
}
