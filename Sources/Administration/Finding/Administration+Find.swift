internal import Access
package import Store

extension Administration {
  /// Finds things by parts of their names, the best first, at most `limit`. What the operator may not see is not
  /// found: who may see widgets alone finds things of the catalogue alone.
  ///
  /// Of each kind a bounded number of names is looked at, first those that begin with the text.
  /// - Parameter perKind: the greatest number of things of one kind; nil for no such bound.
  package func find(_ text: FindText, limit: Int, perKind: Int? = nil) throws -> [FoundThing] {
    let limit = min(max(limit, 0), maximumPageRows)
    let finding = Finding(text: text, limit: limit, perKind: max(0, perKind ?? limit), now: now)
    guard try authority().may(.securityRead) else {
      return finding.best(try read(.widgets) { try finding.catalogue($0) })
    }
    return finding.best(
      try read { reader in
        try reader.foresee(finding.parts.map { part in { _ = try part($0) } })
        return try finding.parts.flatMap { try $0(reader) }
      })
  }
}

private struct Finding {
  let text: FindText
  let limit: Int
  let perKind: Int
  let now: Timestamp

  func best(_ things: [FoundThing]) -> [FoundThing] {
    var counts: [FoundKind: Int] = [:]
    let best = text.best(of: Array(Set(things)).sorted(by: Self.isBefore), limit: .max, by: \.name)
    let bounded = best.filter { thing in
      counts[thing.kind, default: 0] += 1
      return counts[thing.kind, default: 0] <= perKind
    }
    return Array(bounded.prefix(limit))
  }

  private static func isBefore(_ left: FoundThing, _ right: FoundThing) -> Bool {
    let kinds = FoundKind.allCases
    let ranks = [left, right].map { kinds.firstIndex(of: $0.kind) ?? kinds.count }
    return (ranks[0], left.name, left.of ?? "", left.idText) < (
      ranks[1], right.name, right.of ?? "", right.idText
    )
  }

  /// The longest part, and conditions for the others.
  private var search: (matching: SearchText?, conditions: Conditions) {
    let parts = text.parts
    return (parts.first, Conditions(parts.dropFirst().map { Condition(.named($0)) }, at: now))
  }

  /// What is found kind by kind.
  var parts: [(any SecurityReader) throws -> [FoundThing]] {
    AccountKind.allCases.map { kind in { try accounts(kind, $0) } } + [teams, roles, tokens, catalogue, laws]
  }

  // MARK: - Users, teams and roles

  /// The name, if it is one, then those that begin with it, then others.
  private func accounts(_ kind: AccountKind, _ reader: any SecurityReader) throws -> [FoundThing] {
    let search = search
    let query = AccountQuery(kind: kind, matching: search.matching, conditions: search.conditions)
    let beginning = AccountCursor(rank: nil, nameKey: text.folded, id: .random())
    let whole = try (try? Name(text.folded)).flatMap { try reader.account(kind, named: NameKey($0)) }
    let pages = try [PagePosition.after(beginning), .first].flatMap {
      try reader.accounts(query, $0, limit: limit, now: now).rows.map(\.account)
    }
    return ([whole].compactMap(\.self) + pages).map {
      FoundThing(.account($0.id), kind == .user ? .user : .apiUser, $0.name.text)
    }
  }

  private func teams(_ reader: any SecurityReader) throws -> [FoundThing] {
    let query = TeamQuery(matching: search.matching, conditions: search.conditions)
    return try reader.teams(query, .first, limit: maximumPageRows).rows.map {
      FoundThing(.team($0.team.id), .team, $0.team.name.text)
    }
  }

  private func roles(_ reader: any SecurityReader) throws -> [FoundThing] {
    BuiltInRole.allCases.map { FoundThing(.role(.builtIn($0)), .role, $0.rawValue) }
      + (try reader.customRoles().map { FoundThing(.role(.custom($0.id)), .role, $0.name.text) })
  }

  // MARK: - Tokens, laws and the catalogue

  private func laws(_ reader: any SecurityReader) throws -> [FoundThing] {
    try reader.lawNames().filter { text.rank(of: $0.text) != nil }.map { FoundThing(.law($0), .law, $0.text) }
  }

  private func tokens(_ reader: any SecurityReader) throws -> [FoundThing] {
    let query = TokenQuery(conditions: Conditions(text.parts.map { Condition(.named($0)) }, at: now))
    return try reader.tokens(query, .first, limit: maximumPageRows).rows.map {
      FoundThing(
        .token($0.token.id, of: $0.account.id, $0.account.kind), .token, $0.token.name.text,
        of: $0.account.name.text)
    }
  }

  func catalogue(_ reader: any CatalogueReader) throws -> [FoundThing] {
    var found: [FoundThing] = []
    var names: [ConnectorID: String] = [:]
    for connector in try reader.connectors() {
      let name = connector.name.text
      names[connector.id] = name
      found.append(FoundThing(.connector(connector.id), .connector, name))
      found += try reader.lists(of: connector.id).map {
        FoundThing(.list($0.id, of: connector.id), .list, $0.name.text, of: name)
      }
    }
    found += try reader.widgets().map {
      FoundThing(.widget($0.id), .widget, $0.name.text, of: names[$0.connector])
    }
    found += try reader.endpoints().map {
      FoundThing(.endpoint($0.id), .endpoint, $0.name.text, of: names[$0.connector])
    }
    return found.filter { text.rank(of: $0.name) != nil }
  }
}
