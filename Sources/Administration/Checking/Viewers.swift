package import Access
package import Store

/// A subject whose own grant names a list, names all lists, or has the connector role Administrator.
package struct Viewer: Hashable, Sendable {
  package let holder: GrantHolder
  /// The condition that keeps the grant from giving anything of the list; nil where the grant gives it.
  package let fails: GrantCondition?
  /// Whether the grant is in force. A grant that is not gives nothing, whatever it names.
  package let standing: Standing
  /// The companies for which the grant gives the list; nil on a connector without companies.
  package let companies: [CompanyID]?
  /// Whether the subject can see the list through some surface. It must be enabled, and have a role that
  /// opens the API, or a role that opens widgets where a widget has the list. For a team, only what the team
  /// itself gives counts.
  package let isReachable: Bool

  package var cursor: GrantHolderCursor { holder.cursor }
  /// Whether the grant gives the list now.
  package var isGiving: Bool { fails == nil && standing == .inForce }
}

/// A list about which people ask who may see it.
package struct ViewedList: Sendable {
  package let catalogue: ConnectorCatalogue
  package let list: CatalogueList
}

extension AccessSource {
  /// The subjects that were given a list: teams, which give it to their members, API users and users. The
  /// system's Administrators see the list too, but are not included.
  ///
  /// Each grant that names the list is evaluated as in every decision.
  package func viewers(
    of list: ListID, on connector: ConnectorID, _ position: PagePosition<GrantHolderCursor>, limit: Int,
    at now: Timestamp
  ) throws -> Page<Viewer> {
    guard let loaded = try self.connector(connector) else {
      return Page(rows: [], hasBefore: false, hasAfter: false)
    }
    let located = Located(connector: connector, companies: loaded.whole.companies, lists: [list])
    let page = try reader.grantHolders(on: connector, naming: list, position, limit: limit)
    let viewers = try page.rows.map { holder in
      try viewer(holder, of: located, holder.grant.permissions.outcome(against: located), loaded, at: now)
    }
    return Page(rows: viewers, hasBefore: page.hasBefore, hasAfter: page.hasAfter)
  }

  private func viewer(
    _ holder: GrantHolder, of located: Located, _ outcome: GrantTrial.Outcome,
    _ loaded: ConnectorCatalogue, at now: Timestamp
  ) throws -> Viewer {
    let standing = holder.grant.permissions.bounds.standing(at: now)
    guard case .covers(let block) = outcome, let access = try access(of: holder.grant.subject, on: nil) else {
      let fails: GrantCondition = if case .fails(let condition) = outcome { condition } else { .role }
      return Viewer(
        holder: holder, fails: fails, standing: standing, companies: [], isReachable: false)
    }
    let effective = effectiveAccess(
      of: access, on: loaded.whole, items: loaded.items, widgets: try loadedPlaces().widgets, at: now)
    return Viewer(
      holder: holder, fails: nil, standing: standing, companies: block.companies,
      isReachable: located.lists.contains(where: effective.reachable.includes))
  }

  /// The lists of this name, on one connector or on all.
  package func lists(named name: Name, on connector: ConnectorID?) throws -> [ViewedList] {
    let key = NameKey(name)
    return try reader.connectors().filter { connector == nil || $0.id == connector }.compactMap { found in
      guard let loaded = try self.connector(found.id),
        let list = loaded.listIndex[key]
      else { return nil }
      return ViewedList(catalogue: loaded, list: list)
    }
  }
}
