package import Access
package import Store

/// Everything that one subject may see, as a tree: connector, company, list, item. Branches are made when
/// they are asked for.
package struct AccessOverview: Sendable {
  package struct Part: Sendable {
    package let catalogue: ConnectorCatalogue
    package let access: ConnectorAccess
  }

  /// The subject with all its grants and roles.
  package let subject: SubjectAccess
  /// The connectors on which something is given, ordered by name.
  package let parts: [Part]
  package let widgets: [Widget]
  package let names: NameBook
  /// The instant at which it is looked at.
  package let at: Timestamp

  init(subject: SubjectAccess, parts: [Part], widgets: [Widget], names: NameBook, at: Timestamp) {
    self.at = at
    self.subject = subject
    self.parts = parts
    self.widgets = widgets
    self.names = names
  }

  /// A place in the tree.
  package enum Node: Hashable, Sendable {
    case connector(ConnectorID)
    case company(ConnectorID, CompanyID)
    /// A list; the company is nil on a connector without companies.
    case list(ConnectorID, AccessPair)
    case item(ConnectorID, AccessPair, ItemID)
  }

  /// A node as it is shown.
  package struct Row: Hashable, Sendable {
    package let node: Node
    package let title: String
    /// The subjects whose grants give the node; empty for a connector or company.
    package let givers: [Giver]
    /// Whether a surface is open through which the node can be reached.
    package let isReachable: Bool
    package let hasChildren: Bool
    /// The instant at which the last of those who give it now ceases to; nil where one gives it without an end.
    package let until: Timestamp?
  }

  /// The rows of the connectors.
  package var roots: [Row] {
    parts.map { part in
      Row(
        node: .connector(part.catalogue.connector.id), title: part.catalogue.connector.name.text, givers: [],
        isReachable: part.isReachable, hasChildren: true, until: part.access.given.end)
    }
  }

  package func children(of node: Node) -> [Row] {
    switch node {
    case .connector(let id): part(id).map { $0.companyRows ?? $0.listRows(of: nil) } ?? []
    case .company(let id, let company): part(id)?.listRows(of: company) ?? []
    case .list(let id, let pair): part(id)?.itemRows(of: pair) ?? []
    case .item: []
    }
  }

  /// Whether there are grants, of which none gives anything at the instant that is looked at.
  package var isOnlyOutOfForce: Bool { parts.isEmpty && !subject.grants.isEmpty }

  package func part(_ connector: ConnectorID) -> Part? {
    parts.first { $0.catalogue.connector.id == connector }
  }

  /// The role that opens a surface to the subject; nil where the surface is closed.
  package func role(opening surface: SurfaceKind) -> HeldRole? { subject.role(opening: surface, at: at) }

  /// The givers in words, as in `by team “Sales MX”, by itself`.
  ///
  /// - Parameter times: the way in which the end of each giver is written; nil for words without ends.
  package func words(_ givers: [Giver], _ times: TimeWords? = .utc) -> String {
    givers.map { giver in
      let whom = giver.subject == subject.subject ? "itself" : names.title(giver.subject)
      let end = times.flatMap { times in self.end(of: giver).map { " until \(times.told($0))" } } ?? ""
      if case .administrator = giver { return "by the system role Administrator of \(whom)\(end)" }
      return (giver.subject == subject.subject ? "by its own grant" : "by \(whom)") + end
    }.joined(separator: ", ")
  }

  /// The instant at which a giver gives no more: the end of the grant or role, or of the membership in the team that
  /// has it. Nil where it goes on.
  package func end(of giver: Giver) -> Timestamp? {
    switch giver {
    case .grant(let id, let holder):
      end(holder, subject.grants.first { $0.id == id }?.permissions.bounds)
    case .administrator(let holder):
      end(holder, subject.roles.first { $0.isAdministrator && $0.holder == holder }?.bounds)
    }
  }

  /// The instant at which a role opens nothing more to the subject; nil where it goes on.
  package func end(of role: HeldRole) -> Timestamp? { end(role.holder, role.bounds) }

  private func end(_ holder: SubjectID, _ own: Bounds?) -> Timestamp? {
    [subject.membership(of: holder)?.until, own?.until].compactMap { $0 }.min()
  }
}

extension AccessOverview.Part {
  fileprivate var connector: ConnectorID { catalogue.connector.id }

  /// Whether some list that is given can be reached.
  fileprivate var isReachable: Bool {
    access.given.contains { $0.block.lists.contains(where: access.reachable.includes) }
  }

  /// The rows of the companies; nil where the connector has none.
  fileprivate var companyRows: [AccessOverview.Row]? {
    guard let ids = access.companies(of: catalogue.whole) else { return nil }
    return ids.map { id in
      let given = access.given.filter { $0.block.covers(id) }
      let lists = given.flatMap(\.block.lists)
      return AccessOverview.Row(
        node: .company(connector, id), title: catalogue.companyIndex[id]?.name.text ?? id.description,
        givers: [], isReachable: lists.contains(where: access.reachable.includes), hasChildren: true,
        until: given.end)
    }
  }

  fileprivate func listRows(of company: CompanyID?) -> [AccessOverview.Row] {
    let given = Set(access.lists(of: company, in: catalogue.whole))
    return catalogue.lists.filter { given.contains($0.id) }.map { list in
      let pair = AccessPair(company: company, list: list.id)
      let isReachable = access.reachable.includes(list.id)
      return AccessOverview.Row(
        node: .list(connector, pair), title: list.name.text, givers: access.givers(of: pair),
        isReachable: isReachable, hasChildren: !itemRows(of: pair).isEmpty,
        until: access.given.filter { $0.block.contains(pair) }.end)
    }
  }

  fileprivate func itemRows(of pair: AccessPair) -> [AccessOverview.Row] {
    (catalogue.items[pair.list] ?? []).compactMap { item in
      let givers = access.givers(of: item.id, pair)
      guard !givers.isEmpty else { return nil }
      return AccessOverview.Row(
        node: .item(connector, pair, item.id), title: "\(item.kind.singular) \(item.name.text)",
        givers: givers, isReachable: access.reachable.includes(pair.list), hasChildren: false,
        until: access.given.filter { $0.block.contains(pair) && givers.contains($0.giver) }.end)
    }
  }
}

extension [GivenBlock] {
  /// When the last of them ends; nil where one has no end.
  fileprivate var end: Timestamp? {
    let ends = compactMap(\.until)
    return ends.count == count ? ends.max() : nil
  }
}

extension AccessSource {
  /// Everything that a subject may see at an instant, as the store is; nil where there is no such living subject.
  package func overview(of subject: SubjectID, at now: Timestamp) throws -> AccessOverview? {
    guard var access = try access(of: subject, on: nil) else { return nil }
    access.grants = try access.subjects.flatMap { try reader.grants(of: $0) }
    let granted = Set(access.grants.map(\.connector))
    let isAdministrator = access.administrator(at: now) != nil
    let widgets = try loadedPlaces().widgets
    let parts = try reader.connectors().filter { isAdministrator || granted.contains($0.id) }
      .compactMap { connector -> AccessOverview.Part? in
        guard let loaded = try self.connector(connector.id) else { return nil }
        let effective = effectiveAccess(
          of: access, on: loaded.whole, items: loaded.items, widgets: widgets, at: now)
        guard !effective.isEmpty else { return nil }
        return AccessOverview.Part(catalogue: loaded, access: effective)
      }
    return AccessOverview(subject: access, parts: parts, widgets: widgets, names: names, at: now)
  }
}

extension Administration {
  /// Everything that a subject may see: now, or at another instant, as the store is now.
  ///
  /// Errors: ``AdministrationError``, ``StoreError``.
  package func overview(of subject: SubjectID, at instant: Timestamp? = nil) throws -> AccessOverview {
    try read { try AccessSource($0).knownOverview(of: subject, at: instant ?? now) }
  }
}
