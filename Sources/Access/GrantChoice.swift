/// Parts that a person puts into a grant, or takes out of it.
package struct GrantChoice: Hashable, Sendable {
  package var roles: Set<ConnectorRole>
  package var companies: Coverage<CompanyID>
  package var lists: Coverage<ListID>
  package var items: [ItemKind: Coverage<ListItem>]

  package init(
    roles: Set<ConnectorRole> = [], companies: Coverage<CompanyID> = .none, lists: Coverage<ListID> = .none,
    items: [ItemKind: Coverage<ListItem>] = [:]
  ) {
    self.roles = roles
    self.companies = companies
    self.lists = lists
    self.items = items
  }

  /// The permissions with these parts added.
  ///
  /// Errors: ``GrantChoiceProblem/itemOfUncoveredList`` where an item's list is not covered afterwards.
  package func added(to permissions: Permissions) throws(GrantChoiceProblem) -> Permissions {
    var becomes = permissions
    becomes.roles.formUnion(roles)
    becomes.companies = becomes.companies.adding(companies)
    becomes.lists = becomes.lists.adding(lists)
    for (kind, coverage) in items {
      guard (coverage.only ?? []).allSatisfy({ becomes.lists.covers($0.list) }) else {
        throw .itemOfUncoveredList
      }
      becomes[kind] = becomes[kind].adding(coverage)
    }
    return becomes
  }

  /// The permissions without these parts. The items of a list that is taken out go along.
  ///
  /// Errors: ``GrantChoiceProblem/partOfAll(_:)`` where one thing would be taken out of *all*.
  package func removed(from permissions: Permissions) throws(GrantChoiceProblem) -> Permissions {
    var becomes = permissions
    becomes.roles.subtract(roles)
    becomes.companies = try becomes.companies.removing(companies, from: "companies")
    // The items go first, because those of a list go along with it, and then look as if they were not there.
    for (kind, coverage) in items {
      becomes[kind] = try becomes[kind].removing(coverage, from: kind.title.lowercased())
    }
    becomes.lists = try becomes.lists.removing(lists, from: "lists")
    return becomes
  }
}

/// The reason why parts can't be put into a grant, or taken out.
package enum GrantChoiceProblem: Complaint, Hashable {
  /// An item is of a list that the grant doesn't cover.
  case itemOfUncoveredList
  /// One thing can't be taken out of *all*, which stands for what the catalogue may come to hold, too.
  case partOfAll(String)

  package var message: String {
    switch self {
    case .itemOfUncoveredList: "the grant would give an item of a list that it does not cover"
    case .partOfAll(let things): "the grant covers all \(things), so that one of them can't be taken out"
    }
  }

  package var hint: String? {
    switch self {
    case .itemOfUncoveredList: "add the list, too"
    case .partOfAll(let things): "take all \(things) out first, and then add those that stay"
    }
  }

  package var exitStatus: ExitStatus { .badData }
}

extension Coverage {
  /// What either of the two covers.
  func adding(_ other: Coverage) -> Coverage {
    guard let only, let added = other.only else { return .all }
    return .only(only.union(added))
  }

  fileprivate func removing(
    _ other: Coverage, from things: String
  ) throws(GrantChoiceProblem) -> Coverage {
    guard let removed = other.only else { return .none }
    if removed.isEmpty { return self }
    guard let only else { throw .partOfAll(things) }
    return .only(only.subtracting(removed))
  }
}
