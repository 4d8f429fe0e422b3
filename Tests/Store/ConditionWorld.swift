import Access
import Store

/// Random users, API users, teams and tokens, and what conditions find among them, by brute force.
struct ConditionWorld {
  struct Membership {
    let account: AccountID
    let team: TeamID
    let bounds: Bounds
  }

  static let now = Timestamp.start

  var accounts: [Account] = []
  var teams: [Team] = []
  var memberships: [Membership] = []
  var tokens: [(token: Token, id: StoredTokenID)] = []
  var roles: [SubjectID: BoundedSet<SystemRole>] = [:]
  private let role = SystemRole.builtIn(.widgetReader)

  init(count: Int, using random: inout SeededRandom) throws {
    teams = try (0..<3).map {
      Team(id: .random(), name: try Name("team \($0)"), createdAt: Self.past(&random))
    }
    for number in 0..<count {
      let kind: AccountKind = Int.random(in: 0...3, using: &random) == 0 ? .user : .apiUser
      // A user and an API user may have one name.
      let name = "\(["Éa", "b", "abc"][number % 3]) \(number / 2 * 2 + (kind == .user ? 0 : number % 2))"
      guard !accounts.contains(where: { $0.kind == kind && $0.name.text == name }) else { continue }
      let account = Account(
        id: .random(), kind: kind, name: try Name(name), isEnabled: .random(using: &random),
        createdAt: Self.past(&random), particulars: try particulars(&random))
      accounts.append(account)
      for team in teams where Bool.random(using: &random) {
        memberships.append(Membership(account: account.id, team: team.id, bounds: try Self.bounds(&random)))
      }
      if Bool.random(using: &random) {
        roles[.account(account.id)] = BoundedSet(role, try Self.bounds(&random))
      }
      for number in 0..<Int.random(in: 0...4, using: &random) {
        tokens.append(try token("\(["Tök", "a", "abc"][number % 3]) \(number)", of: account.id, &random))
      }
    }
    if let team = teams.first { roles[.team(team.id)] = BoundedSet(role, try Self.bounds(&random)) }
  }

  func insert(into writer: any StoreWriter) throws {
    for team in teams { try writer.insert(team) }
    for account in accounts { try writer.insert(account) }
    for member in memberships { try writer.putMember(member.account, in: member.team, member.bounds) }
    for (subject, roles) in roles { try writer.setRoles(roles, of: subject) }
    for (token, id) in tokens { try writer.insert(token, id) }
  }

  /// Tests of every kind, about things of this world.
  func tests(_ kind: ListedKind) throws -> [Condition.Test] {
    let now = Self.now
    let ranges = [
      TimeRange(from: now.adding(seconds: 1), before: now.adding(days: 2)),
      TimeRange(before: now.adding(days: -2)),
      TimeRange(from: now.adding(days: -3)), TimeRange(from: now, before: now.adding(days: -1)),
    ]
    func times(_ key: ConditionKey, never: Bool = false) -> [Condition.Test] {
      ranges.map { .time(key, $0) } + (never ? [.time(key, nil)] : [])
    }
    let named = ["a", "é", "abc 1", "zz"].compactMap { SearchText($0).map { Condition.Test.named($0) } }
    if kind == .teams { return named + [.role(role), .role(.builtIn(.apiReader))] + times(.created) }
    let text = Owner.text(try OwnerText("web"))
    var people: [Condition.Test] = [
      .owners([]), .owners([text]), .label(try Label("env=prod")), .labelKey("env"), .labelKey("x"),
    ]
    if let user = accounts.first(where: { $0.kind == .user }) {
      people += [.owners([.user(user.id)]), .owners([.user(user.id), text])]
    }
    let members = teams.map { Condition.Test.team($0.id) }
    if kind == .tokens {
      let held = ["éa", "b 1"].compactMap { SearchText($0).map { Condition.Test.namedOrHeld($0) } }
      return named + held + people + members + TokenState.allCases.map { .state(.token($0)) }
        + [.accounts(Set(accounts.prefix(2).map(\.id))), .accounts([])]
        + times(.ends, never: true) + times(.used, never: true) + times(.unused) + times(.created)
        + [.network(nil), .network(Network("10.0.0.0/8"))]
    }
    return named + people + members + [.role(role), .state(.isEnabled(true)), .state(.isEnabled(false))]
      + times(.ends, never: true) + times(.used, never: true) + times(.unused) + times(.created)
  }

  // MARK: - Brute force

  func listed(_ conditions: Conditions, _ order: TokenOrder = .account) -> [Token] {
    let found = tokens.map(\.token).filter { token in
      guard let account = accounts.first(where: { $0.id == token.account }) else { return false }
      return conditions.hold { holds($0, token, account) }
    }
    return found.sorted { place($0, order) < place($1, order) }
  }

  private func place(_ token: Token, _ order: TokenOrder) -> TokenCursor {
    let account = accounts.first { $0.id == token.account }
    var end: Timestamp?
    if case .end(let now) = order, token.revokedAt == nil, !token.isDisabled {
      end = token.expiry.timestamp.flatMap { $0 > now ? $0 : nil }
    }
    return TokenCursor(
      end: end, accountKey: account.map { NameKey($0.name).text } ?? "", nameKey: NameKey(token.name).text,
      id: token.id
    )
  }

  func accounts(_ kind: AccountKind, _ conditions: Conditions) -> [Account] {
    accounts.filter { account in account.kind == kind && conditions.hold { holds($0, account) } }
      .sorted { NameKey($0.name) < NameKey($1.name) }
  }

  func teams(_ conditions: Conditions) -> [Team] {
    teams.filter { team in
      conditions.hold { test in
        switch test {
        case .named(let part): part.matches(team.name.text)
        case .role(let role): roles[.team(team.id)]?[role]?.contains(Self.now) == true
        case .time(.created, let range?): range.contains(team.createdAt)
        default: false
        }
      }
    }
  }

  private func holds(_ test: Condition.Test, _ token: Token, _ account: Account) -> Bool {
    let isUsable = token.revokedAt == nil && !token.isDisabled
    switch test {
    case .named(let part): return part.matches(token.name.text)
    case .namedOrHeld(let part): return part.matches(token.name.text) || part.matches(account.name.text)
    case .accounts(let ids): return ids.contains(account.id)
    case .team: return holds(test, account)
    case .owners, .label, .labelKey: return holds(test, token.particulars)
    case .state(.token(let state)): return token.state(at: Self.now) == state
    case .network(let network):
      return network.map { token.limits.networks.contains($0) } ?? token.limits.networks.isEmpty
    case .time(.ends, let range):
      return isUsable && (token.expiry.timestamp.map { range?.contains($0) ?? false } ?? (range == nil))
    case .time(.used, let range): return used(token.lastUsedAt, range)
    case .time(.unused, let range?):
      let since = max(token.lastUsedAt ?? token.createdAt, token.createdAt)
      return token.state(at: Self.now) == .live && range.contains(since)
    case .time(.created, let range?): return range.contains(token.createdAt)
    default: return false
    }
  }

  private func holds(_ test: Condition.Test, _ account: Account) -> Bool {
    let own = tokens.map(\.token).filter { $0.account == account.id }
    let usable = own.filter { $0.revokedAt == nil && !$0.isDisabled }
    let lastUse = own.compactMap(\.lastUsedAt).max()
    let present = memberships.filter { $0.account == account.id && $0.bounds.contains(Self.now) }.map(\.team)
    switch test {
    case .named(let part): return part.matches(account.name.text)
    case .team(let team): return present.contains(team)
    case .role(let role):
      return ([.account(account.id)] + present.map { .team($0) }).contains { (subject: SubjectID) in
        roles[subject]?[role]?.contains(Self.now) == true
      }
    case .owners, .label, .labelKey: return holds(test, account.particulars)
    case .state(.isEnabled(let isEnabled)): return account.isEnabled == isEnabled
    case .time(.ends, let range):
      return usable.contains { $0.expiry.timestamp.map { range?.contains($0) ?? false } ?? (range == nil) }
    case .time(.used, let range): return used(lastUse, range)
    case .time(.unused, let range?):
      return range.contains(max(lastUse ?? account.createdAt, account.createdAt))
    case .time(.created, let range?): return range.contains(account.createdAt)
    default: return false
    }
  }

  private func used(_ instant: Timestamp?, _ range: TimeRange?) -> Bool {
    instant.map { range?.contains($0) ?? false } ?? (range == nil)
  }

  private func holds(_ test: Condition.Test, _ particulars: Particulars) -> Bool {
    switch test {
    case .owners(let owners): particulars.owner.map(owners.contains) ?? owners.isEmpty
    case .label(let label): particulars.labels.contains(label)
    case .labelKey(let key): particulars.labels[key] != nil
    default: false
    }
  }

  // MARK: - Making

  private static func past(_ random: inout SeededRandom) -> Timestamp {
    now.adding(days: .random(in: -4...0, using: &random))
  }

  private static func bounds(_ random: inout SeededRandom) throws -> Bounds {
    switch Int.random(in: 0...3, using: &random) {
    case 0: Bounds(until: now.adding(seconds: .random(in: -1...1, using: &random)))
    case 1: try Bounds(from: now.adding(seconds: .random(in: -1...1, using: &random)))
    default: .always
    }
  }

  private func particulars(_ random: inout SeededRandom) throws -> Particulars {
    let user = accounts.first { $0.kind == .user } ?? accounts.first
    let owner: Owner? =
      switch Int.random(in: 0...2, using: &random) {
      case 0: nil
      case 1: .text(try OwnerText(Bool.random(using: &random) ? "web" : "ops"))
      default: user.map { .user($0.id) }
      }
    let labels = ["env=prod", "env=test", "a=b"].filter { _ in Int.random(in: 0...2, using: &random) == 0 }
    return Particulars(
      owner: owner, labels: try Labels(try labels.prefix(1).map { try Label($0) }))
  }

  private func token(
    _ name: String, of account: AccountID, _ random: inout SeededRandom
  ) throws -> (token: Token, id: StoredTokenID) {
    let made = try Sample.token(name, of: account)
    let now = Self.now
    let isBounded = Bool.random(using: &random)
    let start: Timestamp? =
      Int.random(in: 0...3, using: &random) == 0
      ? now.adding(seconds: .random(in: -1...1, using: &random)) : nil
    let end = now.adding(seconds: .random(in: -200_000...200_000, using: &random))
    let networks: Set<Network> =
      Bool.random(using: &random) ? [] : Set([Network("10.0.0.0/8")].compactMap(\.self))
    let token = Token(
      id: made.token.id, account: account, name: made.token.name, validFrom: start,
      expiry: isBounded && start.map { $0 < end } ?? true ? .at(end) : .never, createdAt: Self.past(&random),
      lastUsedAt: Bool.random(using: &random) ? Self.past(&random) : nil,
      isDisabled: Int.random(in: 0...3, using: &random) == 0,
      revokedAt: Int.random(in: 0...3, using: &random) == 0 ? now : nil,
      limits: TokenLimits(networks: networks), particulars: try particulars(&random), hint: made.token.hint)
    return (token, made.id)
  }
}
