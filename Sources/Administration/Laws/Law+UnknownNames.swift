internal import Access

/// The names in a law that nothing has so far.
extension Law<AsFound> {
  /// Each once, as in `list “Payroll”`. Where a connector is unknown, its parts are not told besides.
  var unknownNames: [String] {
    var words: [String] = []
    func add(_ found: [String]) { for word in found where !words.contains(word) { words.append(word) } }
    add(form.who.unknownNames)
    switch form {
    case .never(_, let what): add(what.unknownNames)
    case .apart(_, let what, let other):
      add(what.unknownNames)
      add(other.unknownNames)
    case .within(_, let team): add(unknown([team], "team"))
    case .tokens, .owned: break
    }
    add(unknown(exceptions.keys, "API user"))
    return words
  }
}

/// The things that do not exist, each with the word for its kind, sorted.
private func unknown<ID>(_ things: some Sequence<Foreseen<ID>>, _ kind: String) -> [String] {
  things.compactMap { if case .named(let name) = $0 { "\(kind) \(quoted(name.text))" } else { nil } }.sorted()
}

extension LawWho<AsFound> {
  fileprivate var unknownNames: [String] {
    AccountKind.allCases.flatMap { kind -> [String] in
      switch self[kind] {
      case .named(let accounts): unknown(accounts, kind.title)
      case .members(let teams): unknown(teams, "team")
      case nil, .all, .labelled: []
      }
    }
  }
}

extension LawWhat<AsFound> {
  fileprivate var unknownNames: [String] {
    guard connector.id != nil else { return unknown([connector], "connector") }
    let items = ItemKind.allCases.flatMap { kind -> [String] in
      guard let items = self.items[kind]?.only else { return [] }
      return unknown(items.filter { $0.list.id == nil }.map(\.list), "list")
        + unknown(items.filter { $0.list.id != nil }.map(\.item), kind.singular)
    }
    return unknown(companies.only ?? [], "company") + unknown(lists.only ?? [], "list") + items
  }
}
