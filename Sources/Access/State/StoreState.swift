/// The state of a store as values, each by the key under which it is found. The state holds everything that
/// decides who may do and see what, and everything that was deleted. It holds no Token IDs, nothing by which
/// a Token ID could be found, and no times of use.
package struct StoreState: Hashable, Sendable {
  package var accounts: [AccountID: KeptFact<KeyedAccount>] = [:]
  package var teams: [TeamID: KeptFact<Team>] = [:]
  package var roles: [RoleID: KeptFact<CustomRole>] = [:]
  package var members = BoundedSet<Membership>()
  /// The roles that each subject was given itself, including deleted ones; never an empty set.
  package var assignments: [SubjectID: BoundedSet<SystemRole>] = [:]
  package var grants: [GrantFact.Key: GrantFact] = [:]
  package var tokens: [TokenRowID: TokenFact] = [:]
  package var entries: [DeletedThing: KeptFact<CatalogueEntry>] = [:]
  package var settings: [SettingKey: String] = [:]
  /// The laws by their names as they were written.
  package var laws: [Name: Law<AsWritten>] = [:]

  package init() {}

  package mutating func insert(_ fact: StateFact) {
    switch fact {
    case .account(let fact): accounts[fact.value.account.id] = fact
    case .team(let fact): teams[fact.value.id] = fact
    case .role(let fact): roles[fact.value.id] = fact
    case .member(let member): members[member.value] = member.bounds
    case .roles(let subject, let roles): assignments[subject] = roles
    case .grant(let fact): grants[fact.key] = fact
    case .token(let fact): tokens[fact.id] = fact
    case .entry(let fact): entries[fact.value.thing] = fact
    case .setting(let key, let value): settings[key] = value
    case .law(let law): laws[law.name] = law
    }
  }

  /// Calls the body with every fact. The kinds come in the order of ``StateFact``; within one kind there is
  /// no order.
  package func forEachFact(_ body: (StateFact) throws -> Void) rethrows {
    for fact in accounts.values { try body(.account(fact)) }
    for fact in teams.values { try body(.team(fact)) }
    for fact in roles.values { try body(.role(fact)) }
    for member in members.bounded { try body(.member(member)) }
    for (subject, roles) in assignments { try body(.roles(subject, roles)) }
    for fact in grants.values { try body(.grant(fact)) }
    for fact in tokens.values { try body(.token(fact)) }
    for fact in entries.values { try body(.entry(fact)) }
    for (key, value) in settings { try body(.setting(key, value)) }
    for law in laws.values { try body(.law(law)) }
  }
}
