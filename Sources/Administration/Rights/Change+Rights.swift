package import Access
package import Store

extension SecurityReader {
  /// What a subject was given itself. What has left the catalogue is not part of it.
  package func rights(of subject: SubjectID) throws -> Rights {
    var rights = Rights(roles: try roles(of: subject))
    for grant in try grants(of: subject) { rights.grants[grant.connector] = grant.permissions }
    if case .account(let id) = subject {
      rights.teams = BoundedSet(bounded: try teams(of: id).map { Bounded($0.value.id, $0.bounds) })
    }
    return rights
  }
}

extension Change {
  /// Gives a subject other teams, system roles and grants. Only what differs is checked and recorded, so that
  /// who may add API users need not be able to manage teams.
  func saveRights(
    of subject: SubjectID, _ edit: Edit<Rights>, _ catalogues: inout GrantCatalogues
  ) throws {
    let (was, becomes) = (edit.was, edit.becomes)
    if becomes.roles != was.roles {
      try saveRoles(of: subject, bounded: Edit(was: was.roles, becomes: becomes.roles))
    }
    if case .account(let id) = subject, becomes.teams != was.teams {
      try saveTeams(of: id, bounded: Edit(was: was.teams, becomes: becomes.teams))
    }
    for connector in Set(was.grants.keys).union(becomes.grants.keys).sorted()
    where becomes.grants[connector] != was.grants[connector] {
      try setGrant(
        of: subject, in: try catalogues.catalogue(of: connector, self), becomes.grants[connector] ?? .none)
    }
  }
}

/// The catalogues of connectors, each read once for all the grants that one transaction sets.
struct GrantCatalogues {
  private var read: [ConnectorID: GrantCatalogue] = [:]

  mutating func catalogue(of connector: ConnectorID, _ change: Change) throws -> GrantCatalogue {
    if let catalogue = read[connector] { return catalogue }
    let catalogue = try change.grantCatalogue(of: connector)
    read[connector] = catalogue
    return catalogue
  }
}
