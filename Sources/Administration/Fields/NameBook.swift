package import Access
package import Store

/// The one book of names by id. It holds the names that its maker has read.
package struct NameBook: Sendable {
  package var connectors: [ConnectorID: Name] = [:]
  package var companies: [CompanyID: Name] = [:]
  package var lists: [ListID: Name] = [:]
  package var items: [ItemID: Item] = [:]
  package var widgets: [WidgetID: Name] = [:]
  package var endpoints: [EndpointID: Name] = [:]
  package var roles: [RoleID: Name] = [:]
  package var accounts: [AccountID: (kind: AccountKind, name: Name)] = [:]
  package var teams: [TeamID: Name] = [:]
  package var tokens: [TokenRowID: Name] = [:]
  private let unknown: String?

  /// - Parameter unknown: the text for an id that has no name here; nil shows the id itself.
  package init(unknown: String? = nil) { self.unknown = unknown }
}

// MARK: Looking names up

extension NameBook {
  package func name<Kind>(
    _ id: Identifier<Kind>, _ names: KeyPath<NameBook, [Identifier<Kind>: Name]>
  ) -> String {
    self[keyPath: names][id]?.text ?? unknown ?? id.description
  }

  /// The names of these ids, sorted.
  package func names<Kind>(
    _ ids: Set<Identifier<Kind>>, _ names: KeyPath<NameBook, [Identifier<Kind>: Name]>
  ) -> [String] {
    let known = self[keyPath: names]
    return ids.map { known[$0]?.text ?? unknown ?? $0.description }.sorted()
  }

  package func name(_ role: SystemRole) -> String {
    switch role {
    case .builtIn(let role): role.rawValue
    case .custom(let id): name(id, \.roles)
    }
  }

  /// The names of these roles, sorted.
  package func names(_ roles: Set<SystemRole>) -> [String] { roles.map(name).sorted() }

  /// The names with their bounds, as in `WidgetReader until 2027-02-01T00:00:00Z`, sorted.
  package func names(_ roles: BoundedSet<SystemRole>) -> [String] { names(roles) { name($0) } }

  /// The names of these teams with the bounds of the memberships, sorted.
  package func names(_ teams: BoundedSet<TeamID>) -> [String] { names(teams) { name($0, \.teams) } }

  private func names<Element>(_ held: BoundedSet<Element>, _ name: (Element) -> String) -> [String] {
    held.bounded.map { ([name($0.value)] + $0.bounds.words).joined(separator: " ") }.sorted()
  }

  /// The name of an item after the name of its list, as in `Sales Orders: Release order`.
  package func name(_ item: ListItem) -> String {
    "\(name(item.list, \.lists)): \(items[item.item]?.name.text ?? unknown ?? item.item.description)"
  }

  /// The kind and name of a subject, as in `team:Sales MX`.
  package func reference(_ subject: SubjectID) -> String {
    switch subject {
    case .team(let id): "team:\(teams[id]?.text ?? id.description)"
    case .account(let id):
      "\(accounts[id]?.kind.rawValue ?? "account"):\(accounts[id]?.name.text ?? id.description)"
    }
  }

  /// The words for a subject, as in `team “Sales MX”`.
  package func title(_ subject: SubjectID) -> String {
    switch subject {
    case .team(let id): "team \(quoted(teams[id]?.text ?? id.description))"
    case .account(let id):
      "\(accounts[id]?.kind.title ?? "account") \(quoted(accounts[id]?.name.text ?? id.description))"
    }
  }
}

// MARK: Entering names

extension NameBook {
  /// Enters a connector and all that it has.
  package mutating func enter(_ catalogue: ConnectorCatalogue) {
    enter(catalogue.connector, lists: catalogue.lists)
    for company in catalogue.companies { companies[company.id] = company.name }
    for item in catalogue.items.values.joined() { items[item.id] = item }
  }

  package mutating func enter(_ connector: Connector, lists: [CatalogueList]) {
    connectors[connector.id] = connector.name
    for list in lists { self.lists[list.id] = list.name }
  }

  /// A book with the names of widgets and endpoints only.
  package init(placesOf reader: any CatalogueReader) throws {
    self.init()
    enter(widgets: try reader.widgets(), endpoints: try reader.endpoints())
  }

  package mutating func enter(
    widgets: some Sequence<Widget>, endpoints: some Sequence<Endpoint>
  ) {
    for widget in widgets { self.widgets[widget.id] = widget.name }
    for endpoint in endpoints { self.endpoints[endpoint.id] = endpoint.name }
  }

  package mutating func enterRoles(_ reader: any SecurityReader) throws {
    for role in try reader.customRoles() { roles[role.id] = role.name }
  }

  /// The names of both books. Where both have a name for an id, the other book's name counts.
  func merging(_ other: NameBook) -> NameBook {
    var book = self
    book.connectors.merge(other.connectors) { $1 }
    book.companies.merge(other.companies) { $1 }
    book.lists.merge(other.lists) { $1 }
    book.items.merge(other.items) { $1 }
    book.widgets.merge(other.widgets) { $1 }
    book.endpoints.merge(other.endpoints) { $1 }
    book.roles.merge(other.roles) { $1 }
    book.accounts.merge(other.accounts) { $1 }
    book.teams.merge(other.teams) { $1 }
    book.tokens.merge(other.tokens) { $1 }
    return book
  }
}
