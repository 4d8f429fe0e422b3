package import Access
package import Store

/// Somebody whose own grant names a list, all lists, or is the connector's Administrator's.
package struct Viewer: Hashable, Sendable {
  package let holder: GrantHolder
  /// The condition by which the grant gives nothing of the list all the same; nil where it gives it.
  package let fails: GrantCondition?
  /// The companies for which the grant gives it. Nil on a connector that has no companies.
  package let companies: [CompanyID]?
  /// Whether it may see the list by some surface: it is enabled, and has a role that opens the API, or
  /// widgets and there is one with the list. Of a team: by what the team itself gives.
  package let isReachable: Bool

  package var cursor: GrantHolderCursor { holder.cursor }
}

/// A list on which people ask who may see it.
package struct ViewedList: Sendable {
  package let catalogue: ConnectorCatalogue
  package let list: CatalogueList
}

extension AccessSource {
  /// Those who were given a list: teams, which give it to their members, API users and users. Who
  /// is Administrator of the system sees it, too, and is not among them.
  ///
  /// Each grant that the store finds to name the list is weighed as every decision weighs it.
  package func viewers(
    of list: ListID, on connector: ConnectorID, _ position: PagePosition<GrantHolderCursor>, limit: Int
  ) throws -> Page<Viewer> {
    guard let loaded = try self.connector(connector) else {
      return Page(rows: [], hasBefore: false, hasAfter: false)
    }
    let located = Located(connector: connector, companies: loaded.whole.companies, lists: [list])
    let page = try reader.grantHolders(on: connector, naming: list, position, limit: limit)
    let viewers = try page.rows.map { holder in
      try viewer(holder, of: located, holder.grant.permissions.outcome(against: located), loaded)
    }
    return Page(rows: viewers, hasBefore: page.hasBefore, hasAfter: page.hasAfter)
  }

  private func viewer(
    _ holder: GrantHolder, of located: Located, _ outcome: GrantTrial.Outcome, _ loaded: ConnectorCatalogue
  ) throws -> Viewer {
    guard case .covers(let block) = outcome, let access = try access(of: holder.grant.subject, on: nil) else {
      let fails: GrantCondition = if case .fails(let condition) = outcome { condition } else { .role }
      return Viewer(holder: holder, fails: fails, companies: [], isReachable: false)
    }
    let effective = effectiveAccess(
      of: access, on: loaded.whole, items: loaded.items, widgets: try loadedPlaces().widgets)
    return Viewer(
      holder: holder, fails: nil, companies: block.companies,
      isReachable: located.lists.contains(where: effective.reachable.includes))
  }

  /// The lists of that name, on one connector or on all.
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
