import Access
import Administration
import Foundation
import Store
import Synchronization

/// Random changes by one operator, each of its own time; of all kinds but those that are final.
final class RandomChanges {
  private let administration: Administration
  var generator: SplitMix
  private(set) var done: [String] = []

  /// The modes of the laws that are made. A law that only watches refuses nothing.
  let lawModes: [LawMode]

  init(_ administration: Administration, seed: UInt64, lawModes: [LawMode] = [.watch]) {
    self.administration = administration
    self.lawModes = lawModes
    generator = SplitMix(state: seed)
  }

  /// Carries out some change; what is refused, such as a name that is taken, changes nothing, and is told.
  @discardableResult
  func step(by other: Administration? = nil) throws -> (any Complaint)? {
    guard let (name, change) = kinds.randomElement(using: &generator) else { return nil }
    // A change may be carried out anew, and is the same then.
    let state = generator
    do {
      try (other ?? administration).change {
        generator = state
        try change(self, $0)
      }
      done.append(name)
      return nil
    } catch let complaint as any Complaint { return complaint }
  }

  /// As ``step(by:)``, after which the next step is the same once more.
  func tryStep(by other: Administration) throws -> (any Complaint)? {
    let state = generator
    defer { generator = state }
    return try step(by: other)
  }

  /// Users that no change is about.
  static let spared = ["keeper one", "keeper two"]

  private typealias Kind = (String, (RandomChanges, Change) throws -> Void)

  private let kinds: [Kind] = [
    ("add account", { try $0.addAccount($1) }), ("edit account", { try $0.editAccount($1) }),
    ("edit account", { try $0.editAccount($1) }), ("delete account", { try $0.deleteAccount($1) }),
    ("add team", { try $1.addTeam(name: try $0.name("team")) }), ("edit team", { try $0.editTeam($1) }),
    (
      "delete team",
      { random, change in if let team = try random.team(change) { try change.deleteTeam(team) } }
    ),
    ("members", { try $0.members($1) }), ("members", { try $0.members($1) }),
    ("add role", { random, change in _ = try change.addRole(try random.roleContent()) }),
    ("edit role", { try $0.editRole($1) }),
    (
      "delete role",
      { random, change in
        if let role = try random.pick(change.reader.customRoles()) { try change.deleteRole(role.id) }
      }
    ),
    ("roles", { try $0.roles($1) }), ("roles", { try $0.roles($1) }), ("grant", { try $0.grant($1) }),
    ("grant", { try $0.grant($1) }), ("grant", { try $0.grant($1) }), ("no grant", { try $0.noGrant($1) }),
    ("token", { try $0.token($1) }), ("token", { try $0.token($1) }), ("add entry", { try $0.addEntry($1) }),
    ("add entry", { try $0.addEntry($1) }), ("edit entry", { try $0.editEntry($1) }),
    ("delete entry", { try $0.deleteEntry($1) }), ("restore", { try $0.restore($1) }),
    ("several", { try $0.several($1) }), ("law", { try $0.law($1) }), ("law", { try $0.law($1) }),
  ]

  // MARK: Choosing

  func pick<Value>(_ values: some Collection<Value>) -> Value? { values.randomElement(using: &generator) }
  func flag() -> Bool { Bool.random(using: &generator) }
  func some<Value>(_ values: [Value]) -> [Value] { values.filter { _ in flag() } }
  /// Few, so that they are taken now and then.
  func name(_ kind: String) throws -> Name {
    try Name("\(flag() ? kind : kind.uppercased()) \(Int.random(in: 1...6, using: &generator))")
  }

  private func account(_ change: Change) throws -> Account? {
    pick(
      try AccountKind.allCases.flatMap {
        try change.reader.accounts(AccountQuery(kind: $0), .first, limit: 50, now: change.now).rows.map(
          \.account
        ).filter { !Self.spared.contains($0.name.text) }
      })
  }

  private func team(_ change: Change) throws -> TeamID? {
    pick(try change.reader.teams(TeamQuery(), .first, limit: 50).rows.map(\.team.id))
  }

  private func subject(_ change: Change) throws -> SubjectID? {
    flag() ? try account(change).map { .account($0.id) } : try team(change).map { .team($0) }
  }

  /// Nothing, what is over, what ends or begins soon, or both.
  func bounds(_ change: Change) -> Bounds {
    let until = flag() ? change.now.adding(seconds: flag() ? 60 : -60) : nil
    let from = flag() && flag() ? change.now.adding(seconds: flag() ? 30 : -120) : nil
    // What would end before it begins has no beginning.
    return (try? Bounds(from: from, until: until)) ?? Bounds(until: until)
  }

  private func bounded<Element>(
    _ elements: some Sequence<Element>, _ change: Change
  ) -> BoundedSet<Element> {
    BoundedSet(bounded: elements.map { Bounded($0, bounds(change)) })
  }

  // MARK: Subjects

  private func addAccount(_ change: Change) throws {
    let kind = pick(AccountKind.allCases) ?? .apiUser
    let unix = kind == .user && flag() ? UnixAccountName("u\(Int.random(in: 1...4, using: &generator))") : nil
    let account = try change.addAccount(kind, name: try name("account"), unixAccount: unix)
    if flag() { try change.addToken(to: account.id, name: try name("token")) }
    if kind == .user, flag() {
      try change.setPublicKeys(["ssh-ed25519 \(Int.random(in: 1...9, using: &generator))"], of: account.id)
    }
  }

  private func editAccount(_ change: Change) throws {
    guard let account = try account(change) else { return }
    switch Int.random(in: 0...3, using: &generator) {
    case 0: try change.rename(account.id, to: try name("account"))
    case 3: if account.kind == .apiUser { try change.setParticulars(try particulars(change), of: account.id) }
    case 1: try change.setEnabled(!account.isEnabled, account.id)
    default:
      if account.kind == .user {
        try change.setPublicKeys(
          some(["ssh-ed25519 a\(account.id)", "ssh-ed25519 b\(account.id)"]), of: account.id)
      }
    }
  }

  private func particulars(_ change: Change) throws -> Particulars {
    let user = try account(change).flatMap { $0.kind == .user ? Owner.user($0.id) : nil }
    let labels = try some(["env=prod", "env=test", "kind=portal"].map { try Label($0) })
    return Particulars(
      owner: try user ?? pick([nil, .text(try OwnerText("web"))]) ?? nil,
      note: try Note(flag() ? "a\nb" : ""),
      labels: (try? Labels(labels)) ?? .none)
  }

  private func deleteAccount(_ change: Change) throws {
    if let account = try account(change) { try change.deleteAccount(account.id) }
  }

  private func editTeam(_ change: Change) throws {
    guard let id = try team(change), let team = try change.reader.team(id) else { return }
    let becomes = TeamGeneral(name: try name("team"), summary: try Summary(flag() ? "s" : "t"))
    try change.saveGeneral(id, Edit(was: TeamGeneral(team), becomes: becomes))
  }

  private func members(_ change: Change) throws {
    guard let team = try team(change) else { return }
    let accounts = try (0..<4).compactMap { _ in try account(change)?.id }
    let adding = Set(some(accounts))
    try change.saveMembers(
      of: team, bounded: bounded(adding.sorted(), change), removing: Set(accounts).subtracting(adding))
  }

  private func roleContent() throws -> RoleContent {
    RoleContent(name: try name("role"), permissions: Set(some([.apiCall, .auditRead, .securityRead])))
  }

  private func editRole(_ change: Change) throws {
    guard let role = pick(try change.reader.customRoles()) else { return }
    try change.saveRole(role.id, Edit(was: RoleContent(role), becomes: try roleContent()))
  }

  private func roles(_ change: Change) throws {
    guard let subject = try subject(change) else { return }
    let all = try change.reader.customRoles().map { SystemRole.custom($0.id) } + [.builtIn(.apiReader)]
    try change.saveRoles(
      of: subject,
      bounded: Edit(was: try change.reader.roles(of: subject), becomes: bounded(some(all), change)))
  }

  private func grant(_ change: Change) throws {
    guard let subject = try subject(change), let connector = pick(try change.reader.connectors()) else {
      return
    }
    let lists = Set(some(try change.reader.lists(of: connector.id).map(\.id)))
    let items = try change.reader.items(of: connector.id).filter { lists.contains($0.list) }
    let permissions = Permissions(
      roles: Set(some([.user, .reader])),
      companies: flag() ? .all : .only(Set(some(try change.reader.companies(of: connector.id).map(\.id)))),
      lists: .only(lists),
      items: [
        .action: .only(
          Set(some(items.filter { $0.kind == .action }.map { ListItem(list: $0.list, item: $0.id) }))),
        .detail: flag() ? .all : .none,
      ], bounds: bounds(change))
    try change.setGrant(of: subject, on: connector.id, permissions)
  }

  private func noGrant(_ change: Change) throws {
    guard let subject = try subject(change), let grant = pick(try change.reader.grants(of: subject)) else {
      return
    }
    try change.setGrant(of: subject, on: grant.connector, .none)
  }

  private func token(_ change: Change) throws {
    guard let account = try account(change) else { return }
    guard flag(), let token = pick(try change.reader.tokens(of: account.id).filter({ $0.revokedAt == nil }))
    else {
      try change.addToken(to: account.id, name: try name("token"))
      return
    }
    switch Int.random(in: 0...3, using: &generator) {
    case 0: try change.rename(token.id, to: try name("token"))
    case 1: try change.setDisabled(!token.isDisabled, token.id)
    case 2:
      try change.setValidity(
        from: flag() ? change.now.adding(seconds: -5) : nil, flag() ? .never : .at(change.now), of: token.id)
    default: try change.setLimits(TokenLimits(requestsPerMinute: flag() ? 5 : nil), of: token.id)
    }
  }

  // MARK: The catalogue

  private func addEntry(_ change: Change) throws {
    guard flag(), let connector = pick(try change.reader.connectors()) else {
      _ = try change.addConnector(try name("connector"))
      return
    }
    let lists = try change.reader.lists(of: connector.id).map(\.id)
    guard let list = pick(lists) else {
      _ = try change.addList(try name("list"), group: try name("group"), to: connector.id)
      return
    }
    switch Int.random(in: 0...4, using: &generator) {
    case 0: _ = try change.addCompany(try name("company"), to: connector.id)
    case 1: _ = try change.addList(try name("list"), group: nil, to: connector.id)
    case 2: _ = try change.addItem(try name("item"), pick(ItemKind.allCases) ?? .action, to: list)
    case 3:
      _ = try change.add(
        Widget(
          id: .random(), name: try name("widget"), address: try address(), connector: connector.id,
          lists: Set(some(lists)), isOpen: flag() && flag()))
    default:
      _ = try change.add(
        Endpoint(
          id: .random(), name: try name("endpoint"), address: try AddressTemplate(address()),
          match: AddressMatch.allCases.randomElement(using: &generator) ?? .prefix, connector: connector.id,
          list: list))
    }
  }

  private func address() throws -> Address {
    try Address("https://example.com/\(UInt32.random(in: 0...UInt32.max, using: &generator))")
  }

  private func editEntry(_ change: Change) throws {
    if flag(), var widget = pick(try change.reader.widgets()) {
      let was = widget
      widget.name = try name("widget")
      widget.isEnabled.toggle()
      widget.isOpen = flag() && flag()
      widget.lists = Set(some(try change.reader.lists(of: widget.connector).map(\.id)))
      return try change.update(widget, was: was)
    }
    guard let connector = pick(try change.reader.connectors()) else { return }
    if flag() {
      let after = Connector(id: connector.id, name: try name("connector"))
      return try change.update(after, was: connector)
    }
    guard let list = pick(try change.reader.lists(of: connector.id)) else { return }
    var after = list
    after.name = try name("list")
    after.group = flag() ? nil : try name("group")
    try change.update(after, was: list)
  }

  private func deleteEntry(_ change: Change) throws {
    switch Int.random(in: 0...5, using: &generator) {
    case 0: if let widget = pick(try change.reader.widgets()) { try change.delete(widget) }
    case 1: if let endpoint = pick(try change.reader.endpoints()) { try change.delete(endpoint) }
    default:
      guard let connector = pick(try change.reader.connectors()) else { return }
      let lists = try change.reader.lists(of: connector.id)
      switch Int.random(in: 0...3, using: &generator) {
      case 0: try change.delete(connector)
      case 1: if let list = pick(lists) { try change.delete(list) }
      case 2:
        if let company = pick(try change.reader.companies(of: connector.id)) { try change.delete(company) }
      default: if let item = pick(try change.reader.items(of: connector.id)) { try change.delete(item) }
      }
    }
  }

  private func restore(_ change: Change) throws {
    guard let row = pick(try change.reader.deleted(DeletedQuery(), .first, limit: 50).rows) else { return }
    try change.restore(row.thing, as: flag() ? nil : try name(row.kind.rawValue))
  }

  private func several(_ change: Change) throws {
    for _ in 0..<3 {
      // What was done to tokens stays where their user was deleted since, and everything with it; nothing
      // is deleted and restored at once.
      guard let (name, step) = pick(kinds), !["several", "token", "restore"].contains(name) else { continue }
      try step(self, change)
    }
  }
}

/// A clock that goes on by a minute whenever it is looked at.
final class Ticking: Sendable {
  private let seconds = Mutex<Int64>(0)

  var now: Timestamp {
    seconds.withLock {
      $0 += 60
      return Timestamp.start.adding(seconds: $0)
    }
  }
}
