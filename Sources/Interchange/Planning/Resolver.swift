import Access
import Administration
import Store

/// Turns the names of a file's entries into what they mean; a name that means nothing is a problem.
struct Resolver {
  let directory: Directory
  let present: PresentState
  let problems: Problems
  /// Sections of which nothing is known, so that every name in them may mean something.
  var unknown: Set<FileSection> = []

  func team(_ entry: TeamEntry) -> TeamContent {
    TeamContent(
      general: TeamGeneral(name: entry.named.name, summary: entry.summary), roles: roles(entry.roles),
      grants: grants(entry.grants))
  }

  func account(_ entry: AccountEntry) -> AccountContent {
    AccountContent(
      general: AccountGeneral(
        name: entry.named.name, isEnabled: entry.isEnabled, unixAccount: entry.unixAccount?.value),
      keys: entry.keys, teams: teams(entry.teams), roles: roles(entry.roles), grants: grants(entry.grants),
      tokens: entry.tokens.map(tokens))
  }

  /// Nil, and a problem, where it names what there is not.
  func widget(_ entry: WidgetEntry, id: WidgetID) -> Widget? {
    guard let connector = connector(entry.connector) else { return nil }
    let lists = ids(entry.lists, connector.lists, directory.titles.lists, .list(of: entry.connector)) {
      present.connectors[entry.connector.key]?.lists[$0] != nil
    }
    return Widget(
      id: id, name: entry.named.name, address: entry.address.value, connector: connector.id, lists: lists,
      isEnabled: entry.isEnabled, isOpen: entry.isOpen, parameters: entry.parameters)
  }

  func endpoint(_ entry: EndpointEntry, id: EndpointID) -> Endpoint? {
    guard let connector = connector(entry.connector),
      let list = list(entry.list, in: connector, entry.connector)
    else { return nil }
    return Endpoint(
      id: id, name: entry.named.name, address: entry.address.value, match: entry.match,
      methods: entry.methods, connector: connector.id, list: list, isEnabled: entry.isEnabled)
  }

  private func teams(_ names: [Named]) -> Set<TeamID> {
    ids(names, directory.teams, directory.titles.teams, .team) { present.teams[$0] != nil }
  }

  private func roles(_ names: [Named]) -> Set<SystemRole> {
    var roles: Set<SystemRole> = []
    for named in names {
      if let builtIn = BuiltInRole.named(named.key) {
        roles.insert(.builtIn(builtIn))
      } else if let id = directory.roles[named.key] {
        roles.insert(.custom(id))
      } else {
        let builtIn = BuiltInRole.allCases.map(\.rawValue)
        missing(
          named, .role, among: directory.roles, directory.titles.roles, and: builtIn,
          goes: present.roles[named.key] != nil)
      }
    }
    return roles
  }

  private func tokens(_ entries: [TokenEntry]) -> [NameKey: TokenContent] {
    var result: [NameKey: TokenContent] = [:]
    for entry in entries {
      let limits = TokenLimits(
        widgets: ids(entry.widgets, directory.widgets, directory.titles.widgets, .widget) {
          present.widgets[$0] != nil
        },
        endpoints: ids(entry.endpoints, directory.endpoints, directory.titles.endpoints, .endpoint) {
          present.endpoints[$0] != nil
        },
        networks: entry.networks, requestsPerMinute: entry.requestsPerMinute)
      result[entry.named.key] = TokenContent(
        terms: TokenTerms(
          name: entry.named.name, expiry: entry.expiry ?? .never, isDisabled: entry.isDisabled, limits: limits
        ), usesDefaultExpiry: entry.expiry == nil)
    }
    return result
  }

  private func grants(_ entries: [GrantEntry]) -> [ConnectorID: Permissions] {
    var grants: [ConnectorID: Permissions] = [:]
    for entry in entries {
      guard let connector = connector(entry.connector) else { continue }
      let permissions = permissions(entry, connector)
      if !permissions.isEmpty { grants[connector.id] = permissions }
    }
    return grants
  }

  private func permissions(_ entry: GrantEntry, _ connector: Directory.ConnectorPlace) -> Permissions {
    let companies: Coverage<CompanyID> = coverage(entry.companies) {
      ids($0, connector.companies, directory.titles.companies, .company(of: entry.connector)) {
        present.connectors[entry.connector.key]?.companies[$0] != nil
      }
    }
    let lists: Coverage<ListID> = coverage(entry.lists) {
      ids($0, connector.lists, directory.titles.lists, .list(of: entry.connector)) {
        present.connectors[entry.connector.key]?.lists[$0] != nil
      }
    }
    var granted: [ItemKind: Coverage<ListItem>] = [:]
    for (kind, items) in entry.items {
      granted[kind] = coverage(items) {
        Set($0.compactMap { item($0, kind, in: connector, entry.connector) })
      }
    }
    return Permissions(roles: entry.roles, companies: companies, lists: lists, items: granted)
  }

  private func item(
    _ entry: GrantedItem, _ kind: ItemKind, in connector: Directory.ConnectorPlace, _ named: Named
  ) -> ListItem? {
    guard let list = list(entry.list, in: connector, named) else { return nil }
    let items = connector.items[list]?[kind] ?? [:]
    guard let id = items[entry.name.key] else {
      missing(entry.name, .item(kind, of: entry.list), among: items, directory.titles.items.mapValues(\.name))
      return nil
    }
    return ListItem(list: list, item: id)
  }

  private func coverage<Element, Value>(
    _ entry: CoverageEntry<Element>, _ resolve: ([Element]) -> Set<Value>
  ) -> Coverage<Value> {
    switch entry {
    case .all: .all
    case .only(let elements): .only(resolve(elements))
    }
  }

  private func connector(_ named: Named) -> Directory.ConnectorPlace? {
    if let place = directory.connectors[named.key] { return place }
    missing(
      named, .connector, among: directory.connectors.mapValues(\.id), directory.titles.connectors,
      goes: present.connectors[named.key] != nil)
    return nil
  }

  private func list(_ named: Named, in connector: Directory.ConnectorPlace, _ owner: Named) -> ListID? {
    if let id = connector.lists[named.key] { return id }
    missing(
      named, .list(of: owner), among: connector.lists, directory.titles.lists,
      goes: present.connectors[owner.key]?.lists[named.key] != nil)
    return nil
  }

  private func ids<Kind>(
    _ names: [Named], _ known: [NameKey: Identifier<Kind>], _ titles: [Identifier<Kind>: Name],
    _ referent: Referent, inStore: (NameKey) -> Bool = { _ in false }
  ) -> Set<Identifier<Kind>> {
    var ids: Set<Identifier<Kind>> = []
    for named in names {
      if let id = known[named.key] {
        ids.insert(id)
      } else {
        missing(named, referent, among: known, titles, goes: inStore(named.key))
      }
    }
    return ids
  }

  /// Reports a name that means nothing; `goes`: what the store has of that name, the file leaves out.
  private func missing<Kind>(
    _ named: Named, _ referent: Referent, among known: [NameKey: Identifier<Kind>],
    _ titles: [Identifier<Kind>: Name], and more: [String] = [], goes: Bool = false
  ) {
    guard !problems.isFull, !unknown.contains(referent.section) else { return }
    let text = named.name.text
    if goes {
      problems.add(
        "\(referent.words(text)) would be removed by this file", at: named.position,
        hint: "list it in its section, or don't name it")
    } else {
      let candidates = known.values.lazy.compactMap { titles[$0]?.text }
      problems.add(
        "there is no \(referent.words(text))", at: named.position,
        hint: Nearest.hint(to: text, among: Array(candidates) + more))
    }
  }
}
