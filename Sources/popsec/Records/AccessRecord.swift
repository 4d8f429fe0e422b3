import Access
import Administration
import Store

/// Everything that a subject may see, as JSON.
struct AccessRecord: Encodable {
  struct Surface: Encodable {
    let open: Bool
    /// The system role that opens the surface.
    let role: Nullable<String>
    /// The subject that was given the role, as in `team:Sales MX`.
    let holder: Nullable<String>
    /// When that role opens it no more; null where it goes on.
    let until: Nullable<String>
  }

  struct Item: Encodable {
    let kind: String
    let name: String
    let by: [String]
  }

  struct Pair: Encodable {
    let company: Nullable<String>
    let list: String
    /// The givers, as in `team:Sales MX` or `role:Administrator`.
    let by: [String]
    /// When the last of these no longer gives it; null where one of them goes on.
    let until: Nullable<String>
    /// Whether some surface opens the list. Where none does, every request for the list is denied.
    let reachable: Bool
    let items: [Item]
  }

  struct ConnectorPairs: Encodable {
    let connector: String
    let pairs: [Pair]
  }

  let subject: String
  /// The kind of subject: `user`, `apiUser` or `team`.
  let kind: String
  let enabled: Bool
  /// The instant as of which all of this is.
  let at: String
  let widgets: Surface
  let api: Surface
  let connectors: [ConnectorPairs]

  init(_ overview: AccessOverview) {
    let reference = overview.names.reference(overview.subject.subject)
    let name = reference.drop { $0 != ":" }.dropFirst()
    subject = String(name)
    kind = String(reference.prefix { $0 != ":" })
    enabled = overview.subject.isEnabled
    at = overview.at.description
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
      role: Nullable(role.map { overview.names.name($0.role) }),
      holder: Nullable(role.map { overview.names.reference($0.holder) }),
      until: Nullable(role.flatMap { overview.end(of: $0)?.description }))
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
      company: Nullable(pair.company.map { names.companies[$0]?.text ?? $0.description }),
      list: names.lists[pair.list]?.text ?? pair.list.description,
      by: part.access.givers(of: pair).map { by($0, names) }, until: Nullable(until?.description),
      reachable: part.access.reachable.includes(pair.list), items: items)
  }

  private static func by(_ giver: Giver, _ names: NameBook) -> String {
    if case .administrator = giver { return "role:\(BuiltInRole.administrator.rawValue)" }
    return names.reference(giver.subject)
  }
}
