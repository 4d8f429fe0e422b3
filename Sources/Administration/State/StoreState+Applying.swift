package import Access
internal import Store

/// A row of the audit log does not fit the state to which it is applied.
package struct UnfitRecord: Error, Hashable {
  package let sequence: Int64
}

extension StoreState {
  /// Turns the state before a row of the audit log into the state after the row.
  ///
  /// Errors: ``UnfitRecord`` where the row can't be read, or where it is about a thing that the state does
  /// not have.
  package mutating func apply(_ record: AuditRecord) throws(UnfitRecord) {
    do {
      if let step = try record.step { try apply(step, at: record.at, by: record.actor.name) }
    } catch { throw UnfitRecord(sequence: record.sequence) }
  }

  private mutating func apply(_ step: UndoStep, at time: Timestamp, by actor: String) throws {
    switch step.change {
    case .account(let id, let isUser, let turn):
      let new = turn.became.map {
        KeyedAccount(
          Account(
            id: id, kind: isUser ? .user : .apiUser, name: $0.name, createdAt: time, createdBy: actor))
      }
      try Self.turn(&accounts[id], turn, new: new, at: time) { account, value in
        account.account.name = value.name
        account.account.isEnabled = value.isEnabled
        account.account.unixAccount = value.unixAccount
        account.account.particulars = value.particulars
      }
    case .keys(let id, let turn):
      try Self.must(&accounts[id]) { $0.value.keys = (turn.became ?? []).sorted() }
    case .team(let id, let turn):
      let new = turn.became.map { Team(id: id, name: $0.name, createdAt: time) }
      try Self.turn(&teams[id], turn, new: new, at: time) { team, value in
        team.name = value.name
        team.summary = value.summary
      }
    case .member(let team, let account, _, let joined, let terms):
      members[Membership(team: team, account: account)] = joined ? terms?.became ?? .always : nil
    case .role(let id, let turn):
      let new = turn.became.map {
        CustomRole(id: id, name: $0.name, summary: .empty, permissions: [])
      }
      try Self.turn(&roles[id], turn, new: new, at: time) { role, value in
        role.name = value.name
        role.summary = value.summary
        role.permissions = value.permissions
      }
    case .roles(let subject, let turn): give(turn.became ?? BoundedSet(), to: subject.id)
    case .grant(let subject, let connector, _, let turn):
      set(turn.became, of: GrantFact.Key(subject: subject.id, connector: connector))
    case .dropping(let subject, let connector, _, let left):
      set(left, of: GrantFact.Key(subject: subject.id, connector: connector))
    case .token(let id, let account, _, let issued, let turn):
      try apply(turn, toToken: id, of: account, issued, at: time, by: actor)
    case .rotation(let id, _, _, let issued, let end):
      try Self.must(&tokens[id]) { fact in
        for index in fact.issues.indices {
          fact.issues[index].validUntil = min(fact.issues[index].validUntil ?? end, end)
        }
        fact.issues.append(TokenFact.Issue(tokenID: issued, at: time))
      }
    case .entry(let turn): try apply(turn, at: time)
    case .setting(let setting, let user, let turn):
      settings[SettingKey(setting: setting, user: user)] = turn.became
    case .law(let turn, _):
      if let was = turn.was { laws[was.name] = nil }
      if let became = turn.became { laws[became.name] = became }
    case .purge(let thing): purge(thing)
    case .final: throw UnreadableUndo()
    }
  }

  /// Applies a turn to a thing that has its own ``Deletion``: the thing is added, changed, deleted or brought
  /// back.
  private static func turn<Thing: NamedThing, Value: NamedValue>(
    _ fact: inout KeptFact<Thing>?, _ turn: UndoStep.Turn<Value>, new: Thing?, at time: Timestamp,
    set: (inout Thing, Value) -> Void
  ) throws {
    if turn.course == .came, turn.deletion == nil { fact = new.map { KeptFact($0) } }
    guard var present = fact else { throw UnreadableUndo() }
    if let became = turn.became {
      set(&present.value, became)
      present.deletion = nil
    } else {
      present.deletion = Deletion(number: turn.deletion ?? 0, at: time)
      if let name = turn.formerName { present.value.name = name }
    }
    fact = present
  }

  private static func must<Fact>(_ fact: inout Fact?, _ body: (inout Fact) -> Void) throws {
    guard var present = fact else { throw UnreadableUndo() }
    body(&present)
    fact = present
  }

  /// Replaces a subject's roles. The subject keeps its deleted roles, because these may be restored.
  private mutating func give(_ given: BoundedSet<SystemRole>, to subject: SubjectID) {
    let hidden = (assignments[subject] ?? BoundedSet()).bounded.filter { role in
      if case .custom(let id) = role.value { roles[id]?.deletion != nil } else { false }
    }
    let all = BoundedSet(bounded: given.bounded + hidden)
    assignments[subject] = all.isEmpty ? nil : all
  }

  private mutating func set(_ content: GrantContent?, of key: GrantFact.Key) {
    guard let content, !content.permissions.isEmpty else { return grants[key] = nil }
    grants[key] = GrantFact(key: key, content)
  }

  private mutating func apply(
    _ turn: UndoStep.Turn<TokenTerms>, toToken id: TokenRowID, of account: AccountID,
    _ issued: IssuedTokenID?, at time: Timestamp, by actor: String
  ) throws {
    guard turn.was != nil else {
      guard let terms = turn.became, let issued else { throw UnreadableUndo() }
      tokens[id] = TokenFact(
        id: id, account: account, terms: terms, createdAt: time, createdBy: actor,
        issues: [TokenFact.Issue(tokenID: issued, at: time)])
      return
    }
    try Self.must(&tokens[id]) { fact in
      if let terms = turn.became {
        fact.terms = terms
        fact.wasEverWithoutExpiry = fact.wasEverWithoutExpiry || terms.expiry == .never
      } else {
        fact.revokedAt = time
      }
    }
  }
}

/// A thing with a name. While the thing is deleted, the name may be another one.
protocol NamedThing: Codable, Hashable, Sendable {
  var name: Name { get set }
}

extension KeyedAccount: NamedThing {
  var name: Name {
    get { account.name }
    set { account.name = newValue }
  }
}

extension Team: NamedThing {}
extension CustomRole: NamedThing {}

extension GrantFact {
  fileprivate init(key: Key, _ content: GrantContent) {
    let permissions = content.permissions
    let items = ItemKind.allCases.flatMap { permissions[$0].only ?? [] }.map(\.item)
    self.init(
      key: key, roles: permissions.roles,
      companies: (permissions.companies.only ?? []).union(content.gone.companies),
      lists: (permissions.lists.only ?? []).union(content.gone.lists),
      items: Set(items).union(content.gone.items), allCompanies: permissions.companies == .all,
      allLists: permissions.lists == .all,
      allItems: Set(ItemKind.allCases.filter { permissions[$0] == .all }), bounds: permissions.bounds)
  }
}
