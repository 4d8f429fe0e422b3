package import Access

/// A part that a grant names and that left the catalogue. The part gives nothing until it comes back.
package struct DanglingPart: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case company, list
    case item(ItemKind)
  }

  package let kind: Kind
  package let name: Name
  /// The list of an item.
  package let list: Name?

  package init(_ kind: Kind, _ name: Name, list: Name? = nil) {
    self.kind = kind
    self.name = name
    self.list = list
  }
}

/// What an account has itself, and not through a team.
package struct Holdings: Sendable {
  package let account: Account
  package let roles: BoundedSet<SystemRole>
  /// By name, each with the bounds of the membership.
  package let teams: [(id: TeamID, name: Name, bounds: Bounds)]
  package let grant: Grant?

  package init(
    account: Account, roles: BoundedSet<SystemRole>, teams: [(id: TeamID, name: Name, bounds: Bounds)],
    grant: Grant?
  ) {
    self.account = account
    self.roles = roles
    self.teams = teams
    self.grant = grant
  }
}
