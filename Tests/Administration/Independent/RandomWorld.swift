import Access
import Administration
import Store
import TestSupport

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func flip(_ chance: Int = 2) -> Bool { Int.random(in: 0..<chance, using: &self) == 0 }
  mutating func some<Element>(_ elements: [Element]) -> [Element] { elements.filter { _ in flip() } }
  mutating func one<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &self) }
}

/// A store with a random catalogue, people, roles, grants and tokens, of which some were deleted.
struct RandomWorld {
  let scene: Scene
  private(set) var connectors: [ConnectorID] = []
  private(set) var companies: [Company] = []
  private(set) var lists: [CatalogueList] = []
  private(set) var items: [Item] = []
  private(set) var widgets: [WidgetID] = []
  private(set) var endpoints: [EndpointID] = []
  private(set) var accounts: [Account] = []
  private(set) var teams: [TeamID] = []
  private(set) var tokens: [Token] = []
  var random: Seeded

  init(_ run: Engine.Run) throws {
    scene = try Scene(run.engine)
    random = Seeded(state: run.seed)
    try scene.change { change in
      try addCatalogue(change)
      try addPeople(change)
      try grant(change)
      try addTokens(change)
      try deleteSome(change)
    }
  }

  /// Mostly none; else at or around the present.
  private mutating func bounds() -> Bounds {
    guard random.flip(6) else { return .always }
    let instants = [-20, -10, 0, 10, 20].map { scene.now.adding(seconds: $0) }
    let from = random.flip() ? random.one(instants) : nil
    let until = random.flip() ? random.one(instants) : nil
    return (try? Bounds(from: from, until: until)) ?? Bounds(until: until)
  }

  private mutating func bounded<Element>(_ elements: some Sequence<Element>) -> BoundedSet<Element> {
    var held = BoundedSet<Element>()
    for element in elements { held[element] = bounds() }
    return held
  }

  private mutating func addCatalogue(_ change: Change) throws {
    for number in 0..<3 {
      let connector = try change.addConnector(try Name("C\(number)"))
      connectors.append(connector)
      // The last has no companies.
      for company in number == 2 ? [] : ["MX", "US", "CA"] {
        let id = try change.addCompany(try Name(company), to: connector)
        companies.append(Company(id: id, connector: connector, name: try Name(company)))
      }
      for list in 0..<4 {
        let name = try Name("L\(list)")
        let id = try change.addList(name, group: nil, to: connector)
        lists.append(CatalogueList(id: id, connector: connector, name: name, group: nil))
        for kind in ItemKind.allCases where random.flip() {
          let item = try change.addItem(try Name("Do"), kind, to: id)
          items.append(Item(id: item, list: id, kind: kind, name: try Name("Do")))
        }
      }
      let own = lists.filter { $0.connector == connector }.map(\.id)
      for copy in 0..<2 {
        widgets.append(
          try change.add(
            Widget(
              id: .random(), name: try Name("W\(number)\(copy)"),
              address: try Address("https://h/w\(number)\(copy)"), connector: connector,
              lists: Set(random.some(own)), isEnabled: !random.flip(6))))
        let post = HTTPMethod(rawValue: "POST") ?? .get
        endpoints.append(
          try change.add(
            Endpoint(
              id: .random(), name: try Name("E\(number)\(copy)"),
              address: try AddressTemplate("https://h/e\(number)\(copy)"),
              methods: random.flip(4) ? [post] : [.get],
              connector: connector, list: own[copy], isEnabled: !random.flip(6))))
      }
    }
  }

  private mutating func addPeople(_ change: Change) throws {
    let custom = try change.addRole(
      RoleContent(name: try Name("Viewer"), summary: .empty, permissions: [.widgetsRead]))
    let roles: [SystemRole] = [.builtIn(.widgetReader), .builtIn(.apiReader), .custom(custom.id)]
    for number in 0..<3 { teams.append(try change.addTeam(name: try Name("T\(number)")).id) }
    for number in 0..<5 {
      let kind: AccountKind = number == 4 ? .user : .apiUser
      accounts.append(try change.addAccount(kind, name: try Name("A\(number)"), isEnabled: !random.flip(5)))
    }
    for subject in subjects {
      var held = Set(random.some(roles))
      if random.flip(12) { held.insert(.builtIn(.administrator)) }
      if random.flip(8) { held.insert(.builtIn(.securityReader)) }
      try change.saveRoles(of: subject, bounded: Edit(was: [], becomes: bounded(held)))
    }
    for account in accounts {
      try change.saveTeams(
        of: account.id, bounded: Edit(was: [], becomes: bounded(random.some(teams))))
    }
  }

  private var subjects: [SubjectID] { accounts.map { .account($0.id) } + teams.map { .team($0) } }

  private mutating func grant(_ change: Change) throws {
    for subject in subjects {
      for connector in random.some(connectors) {
        let lists = lists.filter { $0.connector == connector }.map(\.id)
        let companies = companies.filter { $0.connector == connector }.map(\.id)
        let covered: Coverage<ListID> = random.flip(4) ? .all : .only(Set(random.some(lists)))
        var coverage: [ItemKind: Coverage<ListItem>] = [:]
        for kind in ItemKind.allCases {
          let own = items.filter { $0.kind == kind && lists.contains($0.list) && covered.covers($0.list) }
          coverage[kind] =
            random.flip(4) ? .all : .only(Set(random.some(own).map { ListItem(list: $0.list, item: $0.id) }))
        }
        let roles: Set<ConnectorRole> =
          random.flip(10) ? [.administrator] : random.flip(5) ? [.reader] : [.user]
        try change.setGrant(
          of: subject, on: connector,
          Permissions(
            roles: roles, companies: random.flip(4) ? .all : .only(Set(random.some(companies))),
            lists: covered, items: coverage, bounds: bounds()))
      }
    }
  }

  private mutating func addTokens(_ change: Change) throws {
    for account in accounts {
      for number in 0..<2 {
        let limits = TokenLimits(
          widgets: random.flip(3) ? Set(random.some(widgets)) : [],
          endpoints: random.flip(4) ? Set(random.some(endpoints)) : [])
        let expiry: Expiry =
          random.flip(5) ? .at(scene.now) : random.flip() ? .never : .at(scene.now.adding(seconds: 1))
        let from = random.flip(6) ? scene.now.adding(seconds: random.flip() ? -10 : 0) : nil
        let token = try change.addToken(
          to: account.id, name: try Name("k\(number)"), validFrom: expiry == .at(scene.now) ? nil : from,
          expiry: expiry, isDisabled: random.flip(6),
          limits: limits)
        if random.flip(8) { try change.revoke(token.id) }
        tokens.append(token)
      }
    }
  }

  private mutating func deleteSome(_ change: Change) throws {
    for list in lists where random.flip(10) { try change.delete(list) }
    for company in companies where random.flip(10) { try change.delete(company) }
    for item in items where random.flip(10) {
      if try change.reader.lists(of: connectors[0]).contains(where: { $0.id == item.list }) {
        try change.delete(item)
      }
    }
    if random.flip(4), let team = random.one(teams) { try change.deleteTeam(team) }
    if random.flip(6) {
      let widget = try change.reader.widgets().first
      if let widget { try change.delete(widget) }
    }
  }

  /// A request as both readings take it; nil where it is none.
  mutating func request() -> (CheckRequest, SQLEvaluation.Request)? {
    guard let account = random.one(accounts) else { return nil }
    let reference = AccountReference(account.kind, .id(account.id))
    var plain = SQLEvaluation.Request(account: account.id)
    var asker = CheckRequest.Asker.account(reference)
    if random.flip(), let token = random.one(tokens.filter { $0.account == account.id }) {
      plain.token = token.id
      asker = .token(.id(token.id), of: reference)
    }
    guard let surface = surface(&plain) else { return nil }
    var request = CheckRequest(asker: asker, surface: surface)
    plain.at = scene.now.adding(seconds: random.one([-21, -20, -10, -1, 0, 1, 10, 11, 20]) ?? 0)
    request.at = plain.at
    request.list = plain.list.map { .id($0) }
    let connector = self.connector(of: plain)
    if random.flip(),
      let company = random.one(companies.filter { random.flip(12) || $0.connector == connector })
    {
      plain.company = company.id
      request.company = .id(company.id)
    }
    if random.flip(3), let kind = random.one(ItemKind.allCases), let name = try? Name("do") {
      (plain.itemKind, plain.itemKey) = (kind, NameKey(name).text)
      request.item = CheckRequest.ItemReference(kind, .named(name))
    }
    return (request, plain)
  }

  private mutating func surface(_ plain: inout SQLEvaluation.Request) -> CheckRequest.Surface? {
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      guard let widget = random.one(widgets) else { return nil }
      plain.widget = widget
      if random.flip() { plain.list = random.one(lists)?.id }
      return .widget(.id(widget))
    case 1:
      guard let endpoint = random.one(endpoints) else { return nil }
      plain.endpoint = endpoint
      plain.method = random.one(["GET", "HEAD", "POST"]) ?? "GET"
      return .endpoint(.id(endpoint), HTTPMethod(rawValue: plain.method) ?? .get)
    default:
      guard let connector = random.one(connectors) else { return nil }
      plain.connector = connector
      plain.list = random.one(lists.filter { random.flip(8) || $0.connector == connector })?.id ?? lists[0].id
      return .api(.id(connector))
    }
  }

  private func connector(of plain: SQLEvaluation.Request) -> ConnectorID? {
    if let connector = plain.connector { return connector }
    let index =
      plain.widget.flatMap { widgets.firstIndex(of: $0) }
      ?? plain.endpoint.flatMap { endpoints.firstIndex(of: $0) }
    return index.map { connectors[$0 / 2] }
  }
}
