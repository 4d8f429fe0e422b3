package import Access
package import Store

/// Finds the names that begin with what somebody types. Each look-up reads a window of the order of names, so that it
/// takes no longer where there are many.
package struct NamesBeginning {
  private let catalogue: any CatalogueReader
  /// Nil for somebody who may see the catalogue alone.
  private let people: (any SecurityReader)?
  private let now: Timestamp
  private let limit: Int
  private let withLast: Bool

  /// - Parameters:
  ///   - limit: the greatest number of names of one kind.
  ///   - withLast: whether the last name is found too where there are more than the limit, so that a shell doesn't
  ///     complete to what only the first ones share.
  package init(_ reader: any SecurityReader, now: Timestamp, limit: Int, withLast: Bool = false) {
    (catalogue, people, self.now, self.limit, self.withLast) = (reader, reader, now, limit, withLast)
  }

  /// For lists of widgets, which people see who may see nothing of users.
  package init(catalogue: any CatalogueReader, now: Timestamp, limit: Int) {
    (self.catalogue, people, self.now, self.limit, withLast) = (catalogue, nil, now, limit, false)
  }

  /// The values that a condition may be completed to, at most ``limit``, in their order.
  ///
  /// Errors: ``StoreError``.
  package func values(_ beginning: NameBeginning) throws -> [String] {
    Array(try all(beginning).prefix(limit))
  }

  private func all(_ beginning: NameBeginning) throws -> [String] {
    let typed = beginning.typed
    switch beginning.key {
    // A user and an API user of one name are found by the same condition.
    case .user where beginning.kind == .tokens:
      return Set(try accounts(.user, typed) + accounts(.apiUser, typed)).sorted()
    case .user: return try accounts(.user, typed)
    case .apiUser: return try accounts(.apiUser, typed)
    case .team: return try teams(typed)
    case .role: return try roles(typed)
    case .connector: return fitting(try catalogue.connectors().map(\.name.text), typed)
    case .owner:
      let prefix = Owner.userPrefix
      return try owners(typed.hasPrefix(prefix) ? typed : prefix + typed)
    case .label:
      return try labels(of: beginning.kind == .tokens ? .token : .account, typed).map {
        "\($0.key)=\($0.value)"
      }
    case .state, .ends, .unused, .used, .created, .network, .kind: return []
    }
  }

  package func accounts(_ kind: AccountKind, _ typed: String) throws -> [String] {
    guard let people else { return [] }
    return try window(
      typed, cursor: { key in AccountID(rawValue: 1).map { AccountCursor(rank: nil, nameKey: key, id: $0) } },
      exact: { try people.account(kind, named: $0)?.name },
      page: {
        try people.accounts(AccountQuery(kind: kind), $0, limit: $1, now: now).rows.map(\.account.name)
      })
  }

  package func teams(_ typed: String) throws -> [String] {
    guard let people else { return [] }
    return try window(
      typed, cursor: { key in TeamID(rawValue: 1).map { NameCursor(nameKey: key, id: $0) } },
      exact: { try people.team(named: $0)?.name },
      page: { try people.teams(TeamQuery(), $0, limit: $1).rows.map(\.team.name) })
  }

  package func roles(_ typed: String) throws -> [String] {
    guard let people else { return [] }
    return fitting(BuiltInRole.allCases.map(\.rawValue) + (try people.customRoles().map(\.name.text)), typed)
  }

  /// Owners who are users, as they are typed.
  package func owners(_ typed: String) throws -> [String] {
    let prefix = Owner.userPrefix
    guard typed.hasPrefix(prefix) else { return prefix.hasPrefix(typed) ? [prefix] : [] }
    return try accounts(.user, String(typed.dropFirst(prefix.count))).map { prefix + $0 }
  }

  package func labels(of holder: LabelHolder, _ typed: String) throws -> [Label] {
    guard let people else { return [] }
    return try people.labels(of: holder, from: typed, limit: limit).filter {
      "\($0.key)=\($0.value)".hasPrefix(typed)
    }
  }

  package func fitting(_ names: [String], _ typed: String) -> [String] { names.filter { fits($0, typed) } }

  /// Whether a name begins with what is typed. Case and accents are ignored, as they are where a name is looked up; a
  /// shell may be stricter.
  private func fits(_ name: String, _ typed: String) -> Bool {
    SearchText.fold(name).hasPrefix(SearchText.fold(typed))
  }

  /// The names that begin with what is typed, from their place in the order of names.
  private func window<Cursor>(
    _ typed: String, cursor: (String) -> Cursor?, exact: (NameKey) throws -> Name?,
    page: (PagePosition<Cursor>, Int) throws -> [Name]
  ) throws -> [String] {
    // The names are unique, so that the id in a cursor means nothing.
    guard let name = try? Name(typed), case let key = NameKey(name), let start = cursor(key.text),
      let end = cursor(key.text + "\u{10FFFF}")
    else {
      let first = try page(.first, limit)
      return (first.count < limit || !withLast ? first : first + (try page(.last, 1))).map(\.text)
    }
    // What stands after a cursor does not include the name at the cursor itself.
    let found = try [exact(key)].compactMap { $0 } + page(.after(start), limit)
    let fitting = found.filter { fits($0.text, typed) }
    guard withLast, fitting.count >= limit else { return fitting.map(\.text) }
    let last = try page(.before(end), 1)
    return (fitting + last.filter { fits($0.text, typed) }).map(\.text)
  }
}
