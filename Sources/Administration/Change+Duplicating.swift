package import Access
private import Store

extension Change {
  /// Adds an account of the same kind with the teams, system roles and grants of another, each with its
  /// beginning and end. Whether it is enabled is copied, too, and so are owner, note and
  /// labels. Tokens, SSH keys and the Unix account belong to one
  /// account alone, and are not copied; neither are parts of grants that have left the catalogue.
  @discardableResult
  package func duplicate(_ id: AccountID, as name: Name) throws -> Account {
    let original = try account(id)
    var particulars = original.particulars
    // A user who was deleted answers for nothing new.
    if case .user(let owner) = particulars.owner, try writer.account(owner) == nil { particulars.owner = nil }
    let copy = try addAccount(
      original.kind, name: name, isEnabled: original.isEnabled, particulars: particulars)
    let roles = try writer.roles(of: .account(id))
    try saveRoles(of: .account(copy.id), bounded: Edit(was: BoundedSet(), becomes: roles))
    let teams = BoundedSet(bounded: try writer.teams(of: id).map { Bounded($0.value.id, $0.bounds) })
    // Who may add API users need not be able to manage teams.
    if !teams.isEmpty { try saveTeams(of: copy.id, bounded: Edit(was: BoundedSet(), becomes: teams)) }
    for grant in try writer.grants(of: .account(id)) {
      try setGrant(of: .account(copy.id), on: grant.connector, grant.permissions)
    }
    return copy
  }
}
