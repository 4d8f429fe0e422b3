import Access
import Store

/// The surroundings of API users: connectors with their lists, and teams with grants.
struct Scenery: Sendable {
  struct Source: Sendable {
    let connector: Connector
    let companies: [Company]
    let lists: [CatalogueList]
    let items: [Item]
  }

  let sources: [Source]
  let teams: [Team]

  static let teamCount = 120
  private static let listCount = 40

  init(now: Timestamp) throws {
    sources = try ["Business Central", "Salesforce", "Warehouse"].map(Self.source)
    teams = try (1...Self.teamCount).map {
      Team(id: .random(), name: try Name("Team \(["North", "South", "Delta"][$0 % 3]) \($0)"), createdAt: now)
    }
  }

  private static func source(_ name: String) throws -> Source {
    let connector = Connector(id: .random(), name: try Name(name))
    let companies = try ["MX", "US", "CA", "ES"].map {
      Company(id: .random(), connector: connector.id, name: try Name($0))
    }
    let lists = try (1...listCount).map {
      CatalogueList(
        id: .random(), connector: connector.id, name: try Name("List \($0)"),
        group: try Name("Group \($0 % 8)"))
    }
    let items = try lists.flatMap { list in
      try ItemKind.allCases.map { Item(id: .random(), list: list.id, kind: $0, name: try Name($0.rawValue)) }
    }
    return Source(connector: connector, companies: companies, lists: lists, items: items)
  }

  func insert(into writer: any StoreWriter) throws {
    for source in sources {
      try writer.insert(source.connector)
      for company in source.companies { try writer.insert(company) }
      for list in source.lists { try writer.insert(list) }
      for item in source.items { try writer.insert(item) }
    }
    for (index, team) in teams.enumerated() {
      try writer.insert(team)
      try writer.put(grant(to: .team(team.id), index))
    }
  }

  /// A few lists of a connector, and their actions.
  func grant(to subject: SubjectID, _ index: Int) -> Grant {
    let source = sources[index % sources.count]
    let lists = Set((0..<5).map { source.lists[(index + $0 * 7) % source.lists.count].id })
    let actions = source.items.filter { $0.kind == .action && lists.contains($0.list) }
    return Grant(
      id: .random(), subject: subject, connector: source.connector.id,
      permissions: Permissions(
        roles: [.user], companies: .only([source.companies[index % source.companies.count].id]),
        lists: .only(lists),
        items: [.action: .only(Set(actions.map { ListItem(list: $0.list, item: $0.id) }))]))
  }
}
