import Access
import Administration

/// Tells the differences between two values of an entry, field by field.
struct Words {
  private(set) var fields: [FieldChange] = []
  private let prefix: String

  init(_ prefix: String = "") { self.prefix = prefix }

  mutating func add(_ field: String, _ before: String?, _ after: String?) {
    let (before, after) = (before.flatMap(Self.told), after.flatMap(Self.told))
    guard before != after else { return }
    fields.append(FieldChange(prefix + field, before: before, after: after))
  }

  /// Names, sorted by whoever calls; none is nothing.
  mutating func add(_ field: String, _ before: [String], _ after: [String]) {
    add(field, before.joined(separator: ", "), after.joined(separator: ", "))
  }

  /// A flag; of what is new only the unusual is told.
  mutating func add(_ field: String, _ before: Bool?, _ after: Bool, usual: Bool) {
    guard (before ?? usual) != after else { return }
    add(field, before.map(String.init), String(after))
  }

  mutating func add(_ other: Words) { fields += other.fields }

  private static func told(_ text: String) -> String? { text.isEmpty ? nil : text }
}

extension NameBook {
  func words(_ before: TeamContent?, _ after: TeamContent) -> [FieldChange] {
    var words = Words()
    if let before { words.add("name", before.general.name.text, after.general.name.text) }
    words.add("description", before?.general.summary.text, after.general.summary.text)
    words.add("roles", names(before?.roles ?? BoundedSet()), names(after.roles))
    words.add(grants(before?.grants ?? [:], after.grants))
    words.add(dropped(before.map { dangling($0.dangling, $0.grants, after.grants) } ?? []))
    return words.fields
  }

  func words(_ before: AccountContent?, _ after: AccountContent) -> [FieldChange] {
    var words = Words()
    if let before { words.add("name", before.general.name.text, after.general.name.text) }
    words.add("unix", before?.general.unixAccount?.text, after.general.unixAccount?.text)
    words.add("keys", (before?.keys ?? []).sorted(), after.keys.sorted())
    words.add("enabled", before?.general.isEnabled, after.general.isEnabled, usual: true)
    words.add("teams", names(before?.teams ?? BoundedSet()), names(after.teams))
    words.add("roles", names(before?.roles ?? BoundedSet()), names(after.roles))
    words.add(grants(before?.grants ?? [:], after.grants))
    words.add(dropped(before.map { dangling($0.dangling, $0.grants, after.grants) } ?? []))
    if let tokens = after.tokens { words.add(self.tokens(before?.tokens ?? [:], tokens)) }
    return words.fields
  }

  private func grants(_ before: [ConnectorID: Permissions], _ after: [ConnectorID: Permissions]) -> Words {
    var words = Words()
    let ids = Set(before.keys).union(after.keys)
    let named = ids.map { (id: $0, name: name($0, \.connectors)) }.sorted { $0.name < $1.name }
    for (id, name) in named {
      words.add(grant(name, before[id] ?? .none, after[id] ?? .none))
    }
    return words
  }

  /// What left the catalogue is dropped from the grants that a file changes.
  private func dropped(_ dangling: Set<ConnectorID>) -> Words {
    var words = Words()
    for name in dangling.compactMap({ connectors[$0]?.text }).sorted() {
      words.add("grant on \(name): parts that left the catalogue", nil, "dropped")
    }
    if dangling.contains(where: { connectors[$0] == nil }) {
      words.add("grants on connectors that left the catalogue", nil, "dropped")
    }
    return words
  }

  private func grant(_ connector: String, _ before: Permissions, _ after: Permissions) -> Words {
    guard before != after else { return Words() }
    var words = Words("grant on \(connector): ")
    words.add("roles", before.roles.map(\.rawValue).sorted(), after.roles.map(\.rawValue).sorted())
    words.add(
      "companies", of(before.companies) { names($0, \.companies) },
      of(after.companies) { names($0, \.companies) })
    words.add("lists", of(before.lists) { names($0, \.lists) }, of(after.lists) { names($0, \.lists) })
    for kind in ItemKind.allCases {
      words.add(GrantKey(kind).rawValue, of(before[kind], items), of(after[kind], items))
    }
    words.add("from", before.bounds.from?.description, after.bounds.from?.description)
    words.add("until", before.bounds.until?.description, after.bounds.until?.description)
    return words
  }

  private func items(_ items: Set<ListItem>) -> [String] { items.map(name).sorted() }

  private func of<Element>(_ coverage: Coverage<Element>, _ names: (Set<Element>) -> [String]) -> [String] {
    coverage.only.map(names) ?? ["all"]
  }
}
