import Access
import Store

extension Decoder {
  /// The subjects that a law means.
  func who(_ node: Node) -> LawWho<AsWritten>? {
    guard let fields = Fields<LawWhoKey>(node, problems) else { return nil }
    let apiUsers = fields[.apiUsers].map { selection($0, "apiUsers", of: "API user") }
    let users = fields[.users].map { selection($0, "users", of: "user") }
    // A choice that could not be read is a problem already.
    if case .some(nil) = apiUsers { return nil }
    if case .some(nil) = users { return nil }
    return lawful(at: fields.position) { () throws(LawProblem) in
      try LawWho(apiUsers: apiUsers ?? nil, users: users ?? nil)
    }
  }

  /// The word `all`, a list of names, or a mapping with labels or teams.
  private func selection(_ node: Node, _ what: String, of kind: String) -> LawSelection<AsWritten>? {
    switch node.content {
    case .scalar(let scalar) where scalar.text == "all": return .all
    case .sequence: return .named(Set(names(node, what, of: kind).map(\.name)))
    case .mapping: return chosen(node)
    default:
      wrongType(node, what, "the word all, a list of names, or a mapping with labels or teams")
      return nil
    }
  }

  private func chosen(_ node: Node) -> LawSelection<AsWritten>? {
    guard let fields = Fields<LawSelectionKey>(node, problems) else { return nil }
    switch (fields[.labels], fields[.teams]) {
    case (let labels?, nil): return .labelled(self.labels(labels))
    case (nil, let teams?): return .members(Set(names(teams, "teams", of: "team").map(\.name)))
    case (nil, nil), (.some, .some):
      problems.add("a choice of accounts has either labels or teams", at: fields.position)
      return nil
    }
  }

  /// The part of the catalogue that a law is about. What is absent means all.
  func what(_ node: Node) -> LawWhat<AsWritten>? {
    guard let fields = Fields<LawWhatKey>(node, problems) else { return nil }
    let companies = fields[.companies].map { node in
      coverage(node, "companies") { names($0, "companies", of: "company") }
    }
    let lists = fields[.lists].map { node in coverage(node, "lists") { names($0, "lists", of: "list") } }
    var items: [ItemKind: Coverage<LawItem<AsWritten>>] = [:]
    for kind in ItemKind.allCases {
      let key = LawWhatKey(kind)
      guard let node = fields[key] else { continue }
      let coverage = coverage(node, key.rawValue) { grantedItems($0, kind) }
      reportOutside(coverage, of: lists, kind)
      items[kind] = coverage.map { LawItem(list: $0.list.name, item: $0.name.name) }
    }
    guard let connector = name(fields[.connector], "a connector") else { return nil }
    return lawful(at: fields.position) { () throws(LawProblem) in
      try LawWhat(
        connector: connector.name, companies: companies?.map(\.name) ?? .all,
        lists: lists?.map(\.name) ?? .all,
        items: items)
    }
  }

  /// Reports an item of a list that the law leaves out, because such an item would mean nothing.
  private func reportOutside(
    _ items: CoverageEntry<GrantedItem>, of lists: CoverageEntry<Named>?, _ kind: ItemKind
  ) {
    guard let items = items.only, let lists = lists?.only else { return }
    let named = Set(lists.map(\.key))
    for item in items where !named.contains(item.list.key) {
      problems.add(
        "the law names the \(kind.words) \(shown(item.name.name.text)) of the list "
          + "\(shown(item.list.name.text)), which is not among its lists",
        at: item.list.position, hint: "add the list to the law's lists, or take the \(kind.words) out")
    }
  }
}

extension CoverageEntry {
  func map<Value: Hashable>(_ value: (Element) -> Value) -> Coverage<Value> {
    switch self {
    case .all: .all
    case .only(let elements): .only(Set(elements.map(value)))
    }
  }
}
