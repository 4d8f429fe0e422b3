package import Access
private import Store

extension Change {
  /// Adds an account of the same kind with the teams, system roles and grants of another, each with its
  /// beginning and end. Whether it is enabled is copied, too, and so are owner, note and
  /// labels. Tokens, SSH keys and the Unix account belong to one
  /// account alone, and are not copied; neither are parts of grants that have left the catalogue.
  @discardableResult
  package func duplicate(_ id: AccountID, as name: Name) throws -> Account {
    var catalogues = GrantCatalogues()
    return try duplicate(id, as: name, &catalogues)
  }

  func duplicate(_ id: AccountID, as name: Name, _ catalogues: inout GrantCatalogues) throws -> Account {
    let original = try account(id)
    var particulars = original.particulars
    // A user who was deleted answers for nothing new.
    if case .user(let owner) = particulars.owner, try writer.account(owner) == nil { particulars.owner = nil }
    let copy = try addAccount(
      original.kind, name: name, isEnabled: original.isEnabled, particulars: particulars)
    let rights = try writer.rights(of: .account(id))
    try saveRights(of: .account(copy.id), Edit(was: Rights(), becomes: rights), &catalogues)
    return copy
  }

  /// Adds a team with the description, system roles and grants of another, each with its beginning and end.
  ///
  /// - Parameter withMembers: whether the members of the other team become members of the new one, too, each with
  ///   the beginning and end of the membership. They then have the rights of the team from both.
  @discardableResult
  package func duplicate(_ id: TeamID, as name: Name, withMembers: Bool = false) throws -> Team {
    let copy = try addTeam(name: name, summary: try team(id).summary)
    var catalogues = GrantCatalogues()
    let rights = try writer.rights(of: .team(id))
    try saveRights(of: .team(copy.id), Edit(was: Rights(), becomes: rights), &catalogues)
    guard withMembers else { return copy }
    var paging = Paging(by: \MemberRow.cursor)
    while let rows = try paging.next({
      try writer.members(MemberQuery(team: id), $0, limit: maximumPageRows)
    }) {
      let members = BoundedSet(bounded: rows.map { Bounded($0.account.id, $0.bounds) })
      try saveMembers(of: copy.id, bounded: members, removing: [])
    }
    return copy
  }
}
