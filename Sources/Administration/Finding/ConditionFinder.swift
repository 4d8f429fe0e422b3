package import Access
package import Store

/// Looks up what the names in conditions mean. Names are compared whole.
package struct ConditionFinder {
  private let catalogue: any CatalogueReader
  /// Nil for somebody who may see the catalogue alone.
  private let people: (any SecurityReader)?
  private let now: Timestamp

  package init(_ reader: any SecurityReader, now: Timestamp) {
    (catalogue, people, self.now) = (reader, reader, now)
  }

  /// For lists of widgets, which people see who may see nothing of users.
  package init(catalogue: any CatalogueReader, now: Timestamp) {
    (self.catalogue, people, self.now) = (catalogue, nil, now)
  }

  /// The part of the name by which the things are searched, and all other conditions.
  ///
  /// Errors: ``ConditionProblem/missing(kind:name:nearest:)``, ``StoreError``.
  package func conditions(
    _ written: WrittenConditions
  ) throws -> (matching: SearchText?, conditions: Conditions) {
    let more = written.names.dropFirst().map { Condition(.named($0)) }
    let found = try written.conditions.map { condition in
      Condition(try test(condition, written.kind), isNegated: condition.isNegated)
    }
    return (written.names.first, Conditions(more + found, at: now))
  }

  /// All conditions, names among them.
  ///
  /// - Parameter findsHolders: whether a part of a name also finds the tokens of those whose name has the part.
  package func all(_ written: WrittenConditions, findsHolders: Bool = true) throws -> Conditions {
    var (matching, conditions) = try conditions(written)
    if let matching { conditions.all.insert(Condition(.named(matching)), at: 0) }
    if written.kind == .tokens, findsHolders { conditions.all = conditions.all.map(\.findingHolders) }
    return conditions
  }

  package func query(
    _ written: WrittenConditions, _ kind: AccountKind, order: AccountOrder = .name, isDescending: Bool = false
  ) throws -> AccountQuery {
    let (matching, conditions) = try conditions(written)
    return AccountQuery(
      kind: kind, matching: matching, conditions: conditions, order: order, isDescending: isDescending)
  }

  package func query(teams written: WrittenConditions) throws -> TeamQuery {
    let (matching, conditions) = try conditions(written)
    return TeamQuery(matching: matching, conditions: conditions)
  }

  private func test(_ condition: WrittenCondition, _ kind: ListedKind) throws -> Condition.Test {
    switch condition.value {
    case .name(let name): return try test(condition.key, name, kind)
    case .owner(let owner): return .owners(try owners(owner, kind))
    case .label(let label): return .label(label)
    case .labelKey(let key): return .labelKey(key)
    case .state(let state): return .state(state)
    case .kind(.catalogue(let kind)): return .kind(kind)
    case .kind(.law): throw ConditionProblem.notOfList(condition.key, kind)
    case .network(let network): return .network(network)
    case .time(let time): return .time(condition.key, time.range(condition.key, now))
    }
  }

  private func test(_ key: ConditionKey, _ name: Name, _ kind: ListedKind) throws -> Condition.Test {
    switch key {
    case .user where kind == .tokens: return .accounts(try anybody(name, kind))
    case .user: return .accounts([try account(.user, name, kind)])
    case .apiUser: return .accounts([try account(.apiUser, name, kind)])
    case .team: return .team(try team(name, kind))
    case .role: return .role(try role(name, kind))
    case .connector: return .connector(try connector(name))
    default: throw ConditionProblem.notOfList(key, kind)
    }
  }

  /// A reader of users and teams, which only lists that ask for them are given.
  private func people(_ key: ConditionKey, _ kind: ListedKind) throws(ConditionProblem) -> any SecurityReader
  {
    guard let people else { throw .notOfList(key, kind) }
    return people
  }

  private func account(_ kind: AccountKind, _ name: Name, _ list: ListedKind) throws -> AccountID {
    let reader = try people(.user, list)
    if let account = try reader.account(kind, named: NameKey(name)) { return account.id }
    throw ConditionProblem.missing(
      kind: kind.title, name: name.text, nearest: try NearbyNames(reader, now: now).accounts(kind, name))
  }

  /// The user and the API user of that name, of whom at least one is there.
  private func anybody(_ name: Name, _ list: ListedKind) throws -> Set<AccountID> {
    let reader = try people(.user, list)
    let found = try AccountKind.allCases.compactMap { try reader.account($0, named: NameKey(name))?.id }
    guard found.isEmpty else { return Set(found) }
    let names = NearbyNames(reader, now: now)
    throw ConditionProblem.missing(
      kind: "user or API user", name: name.text,
      nearest: Array((try names.accounts(.apiUser, name) + names.accounts(.user, name)).prefix(3)))
  }

  private func team(_ name: Name, _ list: ListedKind) throws -> TeamID {
    let reader = try people(.team, list)
    if let team = try reader.team(named: NameKey(name)) { return team.id }
    throw ConditionProblem.missing(
      kind: "team", name: name.text, nearest: try NearbyNames(reader, now: now).teams(name))
  }

  private func role(_ name: Name, _ list: ListedKind) throws -> SystemRole {
    let builtIn = BuiltInRole.allCases.map { ($0.rawValue, SystemRole.builtIn($0)) }
    let custom = try people(.role, list).customRoles().map { ($0.name.text, SystemRole.custom($0.id)) }
    let all = try (builtIn + custom).map { (name: try Name($0.0), role: $0.1) }
    if let found = all.first(where: { NameKey($0.name) == NameKey(name) }) { return found.role }
    throw ConditionProblem.missing(
      kind: "role", name: name.text, nearest: NearbyNames.nearest(name, among: all.map(\.name)))
  }

  private func connector(_ name: Name) throws -> ConnectorID {
    let all = try catalogue.connectors()
    if let found = all.first(where: { NameKey($0.name) == NameKey(name) }) { return found.id }
    throw ConditionProblem.missing(
      kind: "connector", name: name.text, nearest: NearbyNames.nearest(name, among: all.map(\.name)))
  }

  private func owners(_ owner: WrittenOwner, _ list: ListedKind) throws -> Set<Owner> {
    switch owner {
    case .nobody: return []
    case .user(let name): return [.user(try account(.user, name, list))]
    case .text(let text): return [.text(text)]
    case .either(let text):
      let reader = try people(.owner, list)
      let user = try (try? Name(text.text)).flatMap { try reader.account(.user, named: NameKey($0)) }
      return Set([.text(text)] + (user.map { [.user($0.id)] } ?? []))
    }
  }
}

extension Condition {
  fileprivate var findingHolders: Condition {
    guard case .named(let part) = test else { return self }
    return Condition(.namedOrHeld(part), isNegated: isNegated)
  }
}
