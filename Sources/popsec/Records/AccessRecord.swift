import Access
import Administration
import Store

/// Everything that a subject may see, as JSON.
struct AccessRecord: PrintedObject {
  struct Surface: PrintedObject {
    let open: Bool
    /// The system role that opens the surface.
    let role: String?
    /// The subject that was given the role, as in `team:Sales MX`.
    let holder: String?
    /// When that role opens it no more; null where it goes on.
    let until: Instant?

    static let columns: [Column<Self>] = [
      .data("open") { $0.open },
      .data("role") { $0.role },
      .data("holder") { $0.holder },
      .data("until") { $0.until },
    ]
  }

  struct Item: PrintedObject {
    let kind: String
    let name: String
    let by: [String]

    static let columns: [Column<Self>] = [
      .data("kind") { $0.kind },
      .data("name") { $0.name },
      .data("by") { $0.by },
    ]
  }

  struct Pair: PrintedObject {
    let company: String?
    let list: String
    /// The givers, as in `team:Sales MX` or `role:Administrator`.
    let by: [String]
    /// When the last of these no longer gives it; null where one of them goes on.
    let until: Instant?
    /// Whether some surface opens the list. Where none does, every request for the list is denied.
    let reachable: Bool
    let items: [Item]

    static let columns: [Column<Self>] = [
      .data("company") { $0.company },
      .data("list") { $0.list },
      .data("by") { $0.by },
      .data("until") { $0.until },
      .data("reachable") { $0.reachable },
      .data("items") { $0.items },
    ]
  }

  struct ConnectorPairs: PrintedObject {
    let connector: String
    let pairs: [Pair]

    static let columns: [Column<Self>] = [
      .data("connector") { $0.connector },
      .data("pairs") { $0.pairs },
    ]
  }

  let subject: String
  /// The kind of subject: `user`, `apiUser` or `team`.
  let kind: String
  let enabled: Bool
  /// The instant as of which all of this is.
  let at: Instant
  let widgets: Surface
  let api: Surface
  let connectors: [ConnectorPairs]

  static let columns: [Column<Self>] = [
    .data("subject") { $0.subject },
    .data("kind") { $0.kind },
    .data("enabled") { $0.enabled },
    .data("at") { $0.at },
    .data("widgets") { $0.widgets },
    .data("api") { $0.api },
    .data("connectors") { $0.connectors },
  ]

  init(_ overview: AccessOverview) {
    let reference = overview.names.reference(overview.subject.subject)
    let name = reference.drop { $0 != ":" }.dropFirst()
    subject = String(name)
    kind = String(reference.prefix { $0 != ":" })
    enabled = overview.subject.isEnabled
    at = overview.at.printed
    widgets = Self.surface(.widgets, overview)
    api = Self.surface(.api, overview)
    connectors = overview.parts.map { part in
      let whole = part.catalogue.whole
      let companies: [CompanyID?] = part.access.companies(of: whole) ?? [nil]
      return ConnectorPairs(
        connector: part.catalogue.connector.name.text,
        pairs: companies.flatMap { company in
          part.access.lists(of: company, in: whole).map {
            Self.pair(AccessPair(company: company, list: $0), part, overview)
          }
        })
    }
  }

  private static func surface(_ kind: SurfaceKind, _ overview: AccessOverview) -> Surface {
    let role = overview.role(opening: kind)
    return Surface(
      open: role != nil && overview.subject.isEnabled,
      role: role.map { overview.names.name($0.role) },
      holder: role.map { overview.names.reference($0.holder) },
      until: role.flatMap { overview.end(of: $0)?.printed })
  }

  private static func pair(
    _ pair: AccessPair, _ part: AccessOverview.Part, _ overview: AccessOverview
  ) -> Pair {
    let (names, ends) = (overview.names, part.access.givers(of: pair).map(overview.end))
    let until = ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
    let items = (part.catalogue.items[pair.list] ?? []).compactMap { item -> Item? in
      let givers = part.access.givers(of: item.id, pair)
      guard !givers.isEmpty else { return nil }
      return Item(kind: item.kind.rawValue, name: item.name.text, by: givers.map { by($0, names) })
    }
    return Pair(
      company: pair.company.map { names.companies[$0]?.text ?? $0.description },
      list: names.lists[pair.list]?.text ?? pair.list.description,
      by: part.access.givers(of: pair).map { by($0, names) }, until: until?.printed,
      reachable: part.access.reachable.includes(pair.list), items: items)
  }

  private static func by(_ giver: Giver, _ names: NameBook) -> String {
    if case .administrator = giver { return "role:\(BuiltInRole.administrator.rawValue)" }
    return names.reference(giver.subject)
  }
}
