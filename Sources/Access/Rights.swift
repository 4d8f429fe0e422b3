/// What a subject was given itself, each thing with its beginning and end: the teams of an account, system roles,
/// and what it may do on each connector.
package struct Rights: Hashable, Sendable {
  /// A team has none.
  package var teams: BoundedSet<TeamID>
  package var roles: BoundedSet<SystemRole>
  package var grants: [ConnectorID: Permissions]

  package init(
    teams: BoundedSet<TeamID> = [], roles: BoundedSet<SystemRole> = [],
    grants: [ConnectorID: Permissions] = [:]
  ) {
    self.teams = teams
    self.roles = roles
    self.grants = grants
  }

  /// These rights with others added, so that from `start` on they give what both give, and no more. What is over is
  /// not added.
  ///
  /// Errors: ``ApartRights`` where that can't be said by one membership, role or grant.
  package func adding(_ others: Rights, from start: Timestamp) throws(ApartRights) -> Rights {
    var joined = self
    try joined.teams.add(others.teams, from: start) { .team($0) }
    try joined.roles.add(others.roles, from: start) { .role($0) }
    for (connector, added) in others.grants where !added.bounds.isOver(at: start) {
      guard let permissions = (grants[connector] ?? .none).joined(with: added, from: start) else {
        throw .grant(connector)
      }
      joined.grants[connector] = permissions
    }
    return joined
  }
}

/// What two subjects were given so differently that one of them can't have both without getting more than both.
package enum ApartRights: Error, Hashable {
  /// They are members, or have the role, at times with another time between.
  case team(TeamID)
  case role(SystemRole)
  case grant(ConnectorID)
}

extension BoundedSet {
  fileprivate mutating func add(
    _ others: BoundedSet, from start: Timestamp, _ apart: (Element) -> ApartRights
  ) throws(ApartRights) {
    for added in others.bounded where !added.bounds.isOver(at: start) {
      guard let held = self[added.value] else {
        self[added.value] = added.bounds
        continue
      }
      guard let bounds = held.joined(with: added.bounds, from: start) else { throw apart(added.value) }
      self[added.value] = bounds
    }
  }
}
