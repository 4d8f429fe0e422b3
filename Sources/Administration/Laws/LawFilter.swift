package import Access
package import Store

/// Conditions on laws. A law names things that need not exist, so that names are compared as they are written.
package struct LawFilter: Sendable {
  private let written: WrittenConditions

  package init(_ written: WrittenConditions) { self.written = written }

  /// Whether all conditions hold. A part of the name is also found in what the law says and in its reason.
  package func holds(_ law: Law<AsWritten>) -> Bool {
    let named = LawNames(law)
    return written.names.allSatisfy { $0.matches(Self.text(law)) }
      && written.conditions.allSatisfy { holds($0, law, named) != $0.isNegated }
  }

  private static func text(_ law: Law<AsWritten>) -> String {
    "\(law.name.text) \(LawWords(law).rule) \(law.reason.text) \(law.mode.rawValue)"
  }

  private func holds(_ condition: WrittenCondition, _ law: Law<AsWritten>, _ named: LawNames) -> Bool {
    switch condition.value {
    case .name(let name): named[condition.key].contains(NameKey(name))
    case .label(let label): named.labels.contains { $0[label.key] == label.value }
    case .labelKey(let key): named.labels.contains { $0[key] != nil }
    case .state(.law(let mode)): law.mode == mode
    case .kind(.law(let kind)): LawKind(law.form) == kind
    case .owner, .state, .kind, .network, .time: false
    }
  }
}

/// What a law names, by the keys of conditions.
private struct LawNames {
  private var names: [ConditionKey: Set<NameKey>] = [:]
  private(set) var labels: [Labels] = []

  init(_ law: Law<AsWritten>) {
    add(law.form.who.apiUsers, .apiUser)
    add(law.form.who.users, .user)
    add(law.exceptions.keys, .apiUser)
    switch law.form {
    case .never(_, let what): add([what.connector], .connector)
    case .apart(_, let what, let other): add([what.connector, other.connector], .connector)
    case .within(_, let team): add([team], .team)
    case .tokens, .owned: break
    }
  }

  subscript(key: ConditionKey) -> Set<NameKey> { names[key] ?? [] }

  private mutating func add(_ selection: LawSelection<AsWritten>?, _ key: ConditionKey) {
    switch selection {
    case nil, .all: break
    case .named(let names): add(names, key)
    case .labelled(let labels): self.labels.append(labels)
    case .members(let teams): add(teams, .team)
    }
  }

  private mutating func add(_ names: some Sequence<Name>, _ key: ConditionKey) {
    self.names[key, default: []].formUnion(names.map { NameKey($0) })
  }
}
