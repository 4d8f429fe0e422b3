import Access

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators"), so that a
/// failing seed can be run again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func flip(_ chance: Int = 2) -> Bool { Int.random(in: 0..<chance, using: &self) == 0 }

  mutating func some<Element: Hashable>(of elements: [Element]) -> Set<Element> {
    Set(elements.filter { _ in flip() })
  }

  mutating func coverage<Element: Hashable & Sendable>(of elements: [Element]) -> Coverage<Element> {
    flip(4) ? .all : .only(some(of: elements))
  }
}

func identifier<Kind>(_ number: Int64) -> Identifier<Kind> {
  Identifier(rawValue: number) ?? .random()
}

/// One connector with companies MX and US and three lists, as in `domain.md`'s real case, and another
/// connector without companies; a widget over two of the lists, an endpoint over one.
struct DecisionWorld {
  let now = Timestamp("2026-11-24T12:00:00Z") ?? .distantPast
  let central: ConnectorID = identifier(1)
  let files: ConnectorID = identifier(2)
  let mexico: CompanyID = identifier(11)
  let states: CompanyID = identifier(12)
  let orders: ListID = identifier(21)
  let invoices: ListID = identifier(22)
  let purchases: ListID = identifier(23)
  let documents: ListID = identifier(24)
  let release: ItemID = identifier(31)
  let post: ItemID = identifier(32)
  let widgetID: WidgetID = identifier(41)
  let endpointID: EndpointID = identifier(42)
  let user: AccountID = identifier(51)
  let team: TeamID = identifier(61)
  let otherTeam: TeamID = identifier(62)
  let tokenID: TokenRowID = identifier(71)

  var companies: [CompanyID] { [mexico, states] }
  var lists: [ListID] { [orders, invoices, purchases] }
  /// Orders can be released; invoices can be released, too, and posted.
  var items: [ListItem] {
    [
      ListItem(list: orders, item: release), ListItem(list: invoices, item: identifier(33)),
      ListItem(list: invoices, item: post),
    ]
  }

  func widget(isEnabled: Bool = true) throws -> Widget {
    Widget(
      id: widgetID, name: try Name("Sales"), address: try Address("https://portal.example.com/sales"),
      connector: central, lists: [orders, invoices], isEnabled: isEnabled)
  }

  func endpoint(isEnabled: Bool = true) throws -> Endpoint {
    Endpoint(
      id: endpointID, name: try Name("orders"),
      address: try AddressTemplate("https://portal.example.com/api"),
      connector: central, list: orders, isEnabled: isEnabled)
  }

  func token(
    from: Timestamp? = nil, expiry: Expiry = .never, isDisabled: Bool = false, isRevoked: Bool = false,
    limits: TokenLimits = .none
  ) throws -> Token {
    Token(
      id: tokenID, account: user, name: try Name("portal"), validFrom: from, expiry: expiry, createdAt: now,
      isDisabled: isDisabled, revokedAt: isRevoked ? now : nil, limits: limits,
      hint: TokenHint(rawValue: "7Hq")!)
  }

  func grant(_ permissions: Permissions, of subject: SubjectID, on connector: ConnectorID? = nil) -> Grant {
    let number: Int64 =
      switch subject {
      case .account: 81
      case .team(let team): 100 + team.rawValue
      }
    return Grant(
      id: identifier(number), subject: subject, connector: connector ?? central, permissions: permissions)
  }

  func role(_ role: BuiltInRole, of holder: SubjectID? = nil, _ bounds: Bounds = .always) -> HeldRole {
    HeldRole(
      role: .builtIn(role), holder: holder ?? .account(user), permissions: role.permissions, bounds: bounds)
  }

  /// An API user with the role for both surfaces and this as its own grant.
  func access(
    _ permissions: Permissions?, isEnabled: Bool = true, roles: [BuiltInRole] = [.widgetReader, .apiReader],
    teams: [TeamID] = [], more: [Grant] = []
  ) -> SubjectAccess {
    SubjectAccess(
      subject: .account(user), kind: .apiUser, isEnabled: isEnabled,
      teams: teams.map { Bounded($0) },
      roles: roles.map { role($0) },
      grants: (permissions.map { [grant($0, of: .account(user))] } ?? []) + more)
  }

  /// MX with the two lists of the group Sales.
  var sales: Permissions {
    Permissions(roles: [.user], companies: .only([mexico]), lists: .only([orders, invoices]))
  }

  /// The facts that a request touches.
  func facts(
    company: CompanyID? = nil, list: ListID? = nil, widget: Widget? = nil, endpoint: Endpoint? = nil
  ) -> CatalogueFacts {
    let all = widget.map { widget in lists.filter(widget.lists.contains) } ?? endpoint.map { [$0.list] } ?? []
    return CatalogueFacts(
      widget: widget, endpoint: endpoint, connector: central, hasCompanies: true,
      companies: company.map { [$0] } ?? companies, lists: list.map { [$0] } ?? all)
  }

  func item(_ found: [ListItem], kind: ItemKind = .action) -> RequestedItem {
    RequestedItem(kind: kind, found: found)
  }

  /// Whether some request for the pair, or for the item of it, is allowed, by whichever surface.
  func isAllowed(_ pair: AccessPair, _ item: ListItem?, to access: SubjectAccess) throws -> Bool {
    let requested = item.map { self.item([$0]) }
    let questions = [
      askAPI(access, company: pair.company, list: pair.list, item: requested),
      try askWidget(access, company: pair.company, list: pair.list, item: requested),
    ]
    return questions.contains { decide($0).isAllowed }
  }

  /// The API, asked for a company and a list.
  func askAPI(
    _ access: SubjectAccess?, company: CompanyID? = nil, list: ListID, item: RequestedItem? = nil,
    token: PresentedToken = .none
  ) -> AccessQuestion {
    AccessQuestion(
      request: AccessRequest(
        token: token, surface: .api(.found(central)), company: company.map(Sought.found), list: .found(list),
        item: item),
      access: access, catalogue: facts(company: company, list: list), now: now)
  }

  func askWidget(
    _ access: SubjectAccess?, company: CompanyID? = nil, list: ListID? = nil, item: RequestedItem? = nil,
    token: PresentedToken = .none, source: IPAddress? = nil, isEnabled: Bool = true
  ) throws -> AccessQuestion {
    AccessQuestion(
      request: AccessRequest(
        token: token, surface: .widget(.found(widgetID)), company: company.map(Sought.found),
        list: list.map(Sought.found), item: item, source: source),
      access: access,
      catalogue: facts(company: company, list: list, widget: try widget(isEnabled: isEnabled)), now: now)
  }

  func askEndpoint(
    _ access: SubjectAccess?, method: HTTPMethod = .get, list: ListID? = nil, token: PresentedToken = .none,
    isEnabled: Bool = true
  ) throws -> AccessQuestion {
    AccessQuestion(
      request: AccessRequest(
        token: token, surface: .endpoint(.found(endpointID), method), list: list.map(Sought.found)),
      access: access, catalogue: facts(list: list, endpoint: try endpoint(isEnabled: isEnabled)), now: now)
  }
}
