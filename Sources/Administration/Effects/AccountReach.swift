internal import Access
internal import Store

/// All that one account may see, and what its tokens open, in one state of the store and at one instant.
struct AccountReach {
  var account: Account?
  var isAdministrator = false
  /// The later instants at which something that the account has begins or ends.
  var instants: Set<Timestamp> = []
  var pairs: Set<ReachedPair> = []
  var items: Set<ReachedItem> = []
  /// The places that each live token opens.
  var tokens: [TokenRowID: Set<TokenPlace>] = [:]
}

extension AccessSource {
  /// What an account reaches; nothing where there is no such living account.
  func reach(of id: AccountID, at now: Timestamp) throws -> AccountReach {
    var reach = AccountReach(account: try reader.account(id))
    guard let overview = try overview(of: .account(id), at: now) else { return reach }
    reach.isAdministrator = overview.subject.isEnabled && overview.subject.administrator(at: now) != nil
    reach.instants = overview.subject.instants(after: now)
    for part in overview.parts { add(part, to: &reach) }
    for token in try reader.tokens(of: id) where token.state(at: now) == .live {
      enter(token)
      reach.tokens[token.id] = try places(of: token, overview, at: now)
    }
    return reach
  }

  private func add(_ part: AccessOverview.Part, to reach: inout AccountReach) {
    let connector = part.catalogue.connector.id
    for given in part.access.given {
      for pair in given.block.pairs where part.access.reachable.includes(pair.list) {
        reach.pairs.insert(ReachedPair(connector: connector, pair: pair))
        for item in given.items[pair.list] ?? [] {
          reach.items.insert(ReachedItem(connector: connector, pair: pair, item: item))
        }
      }
    }
  }

  /// The places that a token opens, from any source address. Networks limit from where a token is used, and
  /// not what it opens.
  private func places(
    of token: Token, _ overview: AccessOverview, at now: Timestamp
  ) throws -> Set<TokenPlace> {
    var token = token
    token.limits.networks = []
    var places: Set<TokenPlace> = []
    let loaded = try loadedPlaces()
    for widget in loaded.widgets {
      let facts = try facts(on: widget.connector, widget.lists, widget: widget)
      if isAllowed(token, .widget(.found(widget.id)), facts, overview, now) {
        places.insert(.widget(widget.id))
      }
    }
    for endpoint in loaded.endpoints {
      guard let method = endpoint.methods.min() else { continue }
      let facts = try facts(on: endpoint.connector, [endpoint.list], endpoint: endpoint)
      if isAllowed(token, .endpoint(.found(endpoint.id), method), facts, overview, now) {
        places.insert(.endpoint(endpoint.id))
      }
    }
    if opensAPI(token, overview) { places.insert(.api) }
    return places
  }

  private func opensAPI(_ token: Token, _ overview: AccessOverview) -> Bool {
    guard !token.limits.isLimitedToPlaces, overview.subject.isEnabled else { return false }
    return overview.parts.contains { $0.access.reachable.isAPIOpen && !$0.access.isEmpty }
  }

  private func isAllowed(
    _ token: Token, _ surface: RequestedSurface, _ facts: CatalogueFacts?, _ overview: AccessOverview,
    _ now: Timestamp
  ) -> Bool {
    guard let facts else { return false }
    let request = AccessRequest(token: .known(token), surface: surface)
    return decide(
      AccessQuestion(request: request, access: overview.subject, catalogue: facts, now: now)
    ).isAllowed
  }

  private func facts(
    on connector: ConnectorID, _ lists: Set<ListID>, widget: Widget? = nil, endpoint: Endpoint? = nil
  ) throws -> CatalogueFacts? {
    guard let catalogue = try self.connector(connector) else { return nil }
    return CatalogueFacts(
      widget: widget, endpoint: endpoint, connector: connector, hasCompanies: !catalogue.companies.isEmpty,
      companies: catalogue.companies.map(\.id), lists: catalogue.lists.map(\.id).filter(lists.contains))
  }
}
