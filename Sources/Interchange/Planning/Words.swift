import Access
import Administration

/// Collects the differences between two values of an entry, field by field.
struct Words {
  private(set) var fields: [FieldChange] = []
  private let prefix: String

  init(_ prefix: String = "") { self.prefix = prefix }

  mutating func add(_ field: String, _ before: String?, _ after: String?) {
    let (before, after) = (before.flatMap(Self.told), after.flatMap(Self.told))
    guard before != after else { return }
    fields.append(FieldChange(prefix + field, before: before, after: after))
  }

  /// Adds a field of names, which the caller has sorted. A field without names counts as absent.
  mutating func add(_ field: String, _ before: [String], _ after: [String]) {
    add(field, before.joined(separator: ", "), after.joined(separator: ", "))
  }

  mutating func add<Value: Described>(_ before: Value?, _ after: Value, _ names: NameBook) {
    for field in Value.fields { add(field, before, after, names) }
  }

  /// Adds a field. For a new thing the name is left out, because it stands elsewhere, and so are default
  /// values.
  mutating func add<Value>(_ field: Field<Value>, _ before: Value?, _ after: Value, _ names: NameBook) {
    let words = field.words(after, names)
    if before == nil, field.isName || words == field.usual { return }
    add(field.key, before.map { field.words($0, names) } ?? [], words)
  }

  mutating func add(_ other: Words) { fields += other.fields }

  private static func told(_ text: String) -> String? { text.isEmpty ? nil : text }
}

extension NameBook {
  func words<Value: Described>(_ before: Value?, _ after: Value) -> [FieldChange] {
    var words = Words()
    words.add(before, after, self)
    return words.fields
  }

  func words(_ before: TeamContent?, _ after: TeamContent) -> [FieldChange] {
    var words = Words()
    words.add(before, after, self)
    words.add(grants(before?.grants ?? [:], after.grants))
    words.add(dropped(before.map { dangling($0.dangling, $0.grants, after.grants) } ?? []))
    return words.fields
  }

  func words(_ before: AccountContent?, _ after: AccountContent) -> [FieldChange] {
    var words = Words()
    words.add(before, after, self)
    words.add(grants(before?.grants ?? [:], after.grants))
    words.add(dropped(before.map { dangling($0.dangling, $0.grants, after.grants) } ?? []))
    if let tokens = after.tokens { words.add(self.tokens(before?.tokens ?? [:], tokens)) }
    return words.fields
  }

  private func grants(_ before: [ConnectorID: Permissions], _ after: [ConnectorID: Permissions]) -> Words {
    var all = Words()
    let ids = Set(before.keys).union(after.keys)
    for (id, name) in ids.map({ (id: $0, name: name($0, \.connectors)) }).sorted(by: { $0.name < $1.name }) {
      var words = Words("grant on \(name): ")
      words.add(before[id] ?? Permissions.none, after[id] ?? Permissions.none, self)
      all.add(words)
    }
    return all
  }

  /// The words for the parts that left the catalogue and that are dropped from the grants which the file
  /// changes.
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
}
