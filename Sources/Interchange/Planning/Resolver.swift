import Access
import Administration
import Store

/// Turns the names in a file's entries into ids. A name that means nothing is reported as a problem.
struct Resolver {
  let directory: Directory
  let present: PresentState
  let problems: Problems
  /// The sections of which nothing is known. Any name in them may mean something, so none is reported.
  var unknown: Set<FileSection> = []

  func team(_ entry: TeamEntry) -> TeamContent {
    TeamContent(
      general: TeamGeneral(name: entry.named.name, summary: entry.summary), roles: roles(entry.roles),
      grants: grants(entry.grants))
  }

  func account(_ entry: AccountEntry) -> AccountContent {
    AccountContent(
      general: AccountGeneral(
        name: entry.named.name, isEnabled: entry.isEnabled, unixAccount: entry.unixAccount?.value,
        particulars: particulars(entry.particulars)),
      keys: entry.keys, teams: teams(entry.teams), roles: roles(entry.roles), grants: grants(entry.grants),
      tokens: entry.tokens.map(tokens))
  }

  /// The widget that an entry describes. Where the entry names something unknown, the result is nil and a
  /// problem is reported.
  func widget(_ entry: WidgetEntry, id: WidgetID) -> Widget? {
    guard let connector = connector(entry.connector) else { return nil }
    let lists = self.lists(entry.lists, in: connector, entry.connector)
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

  private func teams(_ entries: [HeldEntry]) -> BoundedSet<TeamID> {
    var teams = BoundedSet<TeamID>()
    for entry in entries {
      let ids = ids([entry.named], .team, directory.teams, directory.titles.teams) {
        present.teams[$0] != nil
      }
      for id in ids { teams[id] = entry.bounds }
    }
    return teams
  }

  private func roles(_ entries: [HeldEntry]) -> BoundedSet<SystemRole> {
    var roles = BoundedSet<SystemRole>()
    for entry in entries {
      let named = entry.named
      if let builtIn = BuiltInRole.named(named.key) {
        roles[.builtIn(builtIn)] = entry.bounds
      } else if let id = directory.roles[named.key] {
        roles[.custom(id)] = entry.bounds
      } else {
        let builtIn = BuiltInRole.allCases.map(\.rawValue)
        let custom = directory.roles.values.compactMap { directory.titles.roles[$0]?.text }
        missing(named, .role, among: custom + builtIn, goes: present.roles[named.key] != nil)
      }
    }
    return roles
  }

  private func tokens(_ entries: [TokenEntry]) -> [NameKey: TokenContent] {
    var result: [NameKey: TokenContent] = [:]
    for entry in entries {
      let limits = TokenLimits(
        widgets: ids(entry.widgets, .widget, directory.widgets, directory.titles.widgets) {
          present.widgets[$0] != nil
        },
        endpoints: ids(entry.endpoints, .endpoint, directory.endpoints, directory.titles.endpoints) {
          present.endpoints[$0] != nil
        },
        networks: entry.networks, requestsPerMinute: entry.requestsPerMinute)
      result[entry.named.key] = TokenContent(
        terms: TokenTerms(
          name: entry.named.name, validFrom: entry.validFrom, expiry: entry.expiry ?? .never,
          isDisabled: entry.isDisabled, limits: limits, particulars: particulars(entry.particulars)),
        usesDefaultExpiry: entry.expiry == nil)
    }
    return result
  }

  private func particulars(_ entry: ParticularsEntry) -> Particulars {
    Particulars(owner: entry.owner.flatMap(owner), note: entry.note, labels: entry.labels)
  }

  private func owner(_ entry: OwnerEntry) -> Owner? {
    switch entry {
    case .text(let owner): return .text(owner)
    case .user(let named):
      if let id = directory.owners[named.key] { return .user(id) }
      missing(
        named, .user, among: directory.nearOwners,
        otherwise: "name a user who is there, or write the owner as a text",
        goes: present.owners[named.key] != nil)
      return nil
    }
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

  private func permissions(_ entry: GrantEntry, _ connector: ConnectorCatalogue) -> Permissions {
    let companies: Coverage<CompanyID> = coverage(entry.companies) {
      ids(
        $0, .company(of: entry.connector), in: connector.companies, connector.companyIndex,
        inStore: present.connectors[entry.connector.key]?.companyIndex)
    }
    let lists: Coverage<ListID> = coverage(entry.lists) {
      self.lists($0, in: connector, entry.connector)
    }
    var granted: [ItemKind: Coverage<ListItem>] = [:]
    for (kind, items) in entry.items {
      granted[kind] = coverage(items) {
        Set($0.compactMap { item($0, kind, in: connector, entry.connector) })
      }
    }
    return Permissions(
      roles: entry.roles, companies: companies, lists: lists, items: granted, bounds: entry.bounds)
  }

  private func item(
    _ entry: GrantedItem, _ kind: ItemKind, in connector: ConnectorCatalogue, _ named: Named
  ) -> ListItem? {
    guard let list = list(entry.list, in: connector, named) else { return nil }
    let items = directory.items[list]?[kind] ?? [:]
    guard let item = items[entry.name.key] else {
      missing(entry.name, .item(kind, of: entry.list), among: items.values.map(\.name.text))
      return nil
    }
    return ListItem(list: list, item: item.id)
  }

  private func coverage<Element, Value>(
    _ entry: CoverageEntry<Element>, _ resolve: ([Element]) -> Set<Value>
  ) -> Coverage<Value> {
    switch entry {
    case .all: .all
    case .only(let elements): .only(resolve(elements))
    }
  }

  private func connector(_ named: Named) -> ConnectorCatalogue? {
    if let place = directory.connectors[named.key] { return place }
    missing(
      named, .connector, among: directory.connectors.values.map(\.connector.name.text),
      goes: present.connectors[named.key] != nil)
    return nil
  }

  private func list(_ named: Named, in connector: ConnectorCatalogue, _ owner: Named) -> ListID? {
    lists([named], in: connector, owner).first
  }

  private func lists(_ names: [Named], in connector: ConnectorCatalogue, _ owner: Named) -> Set<ListID> {
    ids(
      names, .list(of: owner), in: connector.lists, connector.listIndex,
      inStore: present.connectors[owner.key]?.listIndex)
  }

  private func ids<Member>(
    _ names: [Named], _ referent: Referent, in members: [Member], _ index: NameIndex<Member>,
    inStore present: NameIndex<Member>?
  ) -> Set<Identifier<Member>> {
    ids(names, referent, { index[$0]?.id }, among: { members.map(\.name.text) }) { present?[$0] != nil }
  }

  private func ids<Kind>(
    _ names: [Named], _ referent: Referent, _ known: [NameKey: Identifier<Kind>],
    _ titles: [Identifier<Kind>: Name], inStore: (NameKey) -> Bool
  ) -> Set<Identifier<Kind>> {
    ids(
      names, referent, { known[$0] }, among: { known.values.compactMap { titles[$0]?.text } },
      inStore: inStore)
  }

  private func ids<Kind>(
    _ names: [Named], _ referent: Referent, _ known: (NameKey) -> Identifier<Kind>?,
    among candidates: () -> [String], inStore: (NameKey) -> Bool
  ) -> Set<Identifier<Kind>> {
    var ids: Set<Identifier<Kind>> = []
    for named in names {
      if let id = known(named.key) {
        ids.insert(id)
      } else {
        missing(named, referent, among: candidates(), goes: inStore(named.key))
      }
    }
    return ids
  }

  /// Reports a name that means nothing. `goes` is true where the store has the name, but the file removes it.
  private func missing(
    _ named: Named, _ referent: Referent, among candidates: @autoclosure () -> [String],
    otherwise hint: String? = nil, goes: Bool = false
  ) {
    guard !problems.isFull, !unknown.contains(referent.section) else { return }
    let text = named.name.text
    if goes {
      problems.add(
        "\(referent.words(text)) would be removed by this file", at: named.position,
        hint: "list it in its section, or don't name it")
    } else {
      problems.add(
        "there is no \(referent.words(text))", at: named.position,
        hint: Nearest.hint(to: text, among: candidates()) ?? hint)
    }
  }
}
