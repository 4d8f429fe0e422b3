import Access
import Administration
import Store

/// What every name will mean once a file is applied. In a section that the file has, the file's names count;
/// in other sections, the store's. A thing that is not in the store yet has a temporary id.
struct Directory {
  private(set) var connectors: [NameKey: ConnectorCatalogue] = [:]
  private(set) var items: [ListID: [ItemKind: [NameKey: Item]]] = [:]
  private(set) var widgets: [NameKey: WidgetID] = [:]
  private(set) var endpoints: [NameKey: EndpointID] = [:]
  private(set) var roles: [NameKey: RoleID] = [:]
  private(set) var teams: [NameKey: TeamID] = [:]
  /// The users whom the file names as owners, and in a file without users those who own something.
  private(set) var owners: [NameKey: AccountID] = [:]
  /// The names of users who may have been meant by an owner who doesn't exist.
  private(set) var nearOwners: [String] = []
  /// The names by id, also of things that will be removed.
  private(set) var titles: NameBook

  init(_ file: SecurityFile, _ present: PresentState) {
    titles = NameBook(present)
    connectors = present.connectors
    if let entries = file.connectors {
      connectors = [:]
      for entry in entries {
        let catalogue = ConnectorCatalogue(entry, present.connectors[entry.named.key])
        connectors[entry.named.key] = catalogue
        titles.enter(catalogue)
      }
    }
    for item in connectors.values.lazy.flatMap({ $0.items.values.joined() }) {
      items[item.list, default: [:]][item.kind, default: [:]][NameKey(item.name)] = item
    }
    // A new entry under the name of a dangling one keeps the id.
    widgets = Self.ids(file.widgets?.map(\.named), present.livingWidgets.mapValues(\.id), &titles.widgets)
    endpoints = Self.ids(
      file.endpoints?.map(\.named), present.livingEndpoints.mapValues(\.id), &titles.endpoints)
    roles = Self.ids(file.roles?.map(\.named), present.roles.mapValues(\.id), &titles.roles)
    teams = Self.ids(file.teams?.map(\.named), present.teams.mapValues(\.id), &titles.teams)
    enterOwners(file, present)
  }

  private mutating func enterOwners(_ file: SecurityFile, _ present: PresentState) {
    guard let users = file.users else {
      owners = present.owners.mapValues(\.id)
      nearOwners = present.owners.values.map(\.name.text) + present.nearOwners
      return
    }
    let named = file.ownersNamed
    if !named.isEmpty { nearOwners = users.map(\.named.name.text) }
    for user in users where named[user.named.key] != nil {
      let id = present.owners[user.named.key]?.id ?? .random()
      owners[user.named.key] = id
      titles.accounts[id] = (.user, user.named.name)
    }
  }

  /// The ids of the names that the file lists, or of the store's names where the file does not have the
  /// section.
  private static func ids<Kind>(
    _ names: [Named]?, _ present: [NameKey: Identifier<Kind>], _ titles: inout [Identifier<Kind>: Name]
  ) -> [NameKey: Identifier<Kind>] {
    guard let names else { return present }
    var result: [NameKey: Identifier<Kind>] = [:]
    for named in names {
      let id = present[named.key] ?? .random()
      result[named.key] = id
      titles[id] = named.name
    }
    return result
  }
}

extension ConnectorCatalogue {
  /// The connector that a file describes, with the ids of present things under the same names.
  fileprivate init(_ entry: ConnectorEntry<Named>, _ present: ConnectorCatalogue?) {
    let connector = Connector(id: present?.id ?? .random(), name: entry.named.name)
    var items: [ListID: [Item]] = [:]
    let lists = entry.lists.map { list in
      let known = present?.listIndex[list.named.key]?.id
      let id = known ?? .random()
      items[id] = list.items.flatMap { kind, names in
        let knownItems = (present?.items(kind, of: known) ?? []).byKey
        return names.map {
          Item(id: knownItems[$0.key]?.id ?? .random(), list: id, kind: kind, name: $0.name)
        }
      }
      return CatalogueList(id: id, connector: connector.id, name: list.named.name, group: list.group)
    }
    let companies = entry.companies.map {
      Company(
        id: present?.companyIndex[$0.key]?.id ?? .random(), connector: connector.id, name: $0.name)
    }
    self.init(connector: connector, companies: companies, lists: lists, items: items)
  }
}

extension NameBook {
  /// The names for a plan. An id without a name has left the catalogue.
  init(_ present: PresentState) {
    self.init(unknown: "?")
    for connector in present.connectors.values { enter(connector) }
    enter(widgets: present.livingWidgets.values, endpoints: present.livingEndpoints.values)
    for role in present.roles.values { roles[role.id] = role.name }
    for team in present.teams.values { teams[team.id] = team.name }
    for user in present.owners.values { accounts[user.id] = (.user, user.name) }
  }
}
