/// A system role that a subject has, itself or by one of its teams.
package struct HeldRole: Hashable, Sendable {
  package let role: SystemRole
  /// Who it was given to: the subject itself or the team.
  package let holder: SubjectID
  package let opensWidgets: Bool
  package let opensAPI: Bool

  package init(role: SystemRole, holder: SubjectID, permissions: Set<Permission>) {
    self.role = role
    self.holder = holder
    opensWidgets = permissions.contains(.widgetsRead)
    opensAPI = permissions.contains(.apiCall)
  }

  package var isAdministrator: Bool { role == .builtIn(.administrator) }
}

/// What was given to one subject and to its teams, as far as a request touches it.
package struct SubjectAccess: Hashable, Sendable {
  package let subject: SubjectID
  /// Whether it is a user or an API user; nil for a team.
  package let kind: AccountKind?
  /// A team is always enabled.
  package var isEnabled: Bool
  /// The teams that it is in; a team is in none.
  package var teams: [TeamID]
  /// Its own system roles, and those of its teams.
  package var roles: [HeldRole]
  /// Its own grants and those of its teams; those on other connectors than the one asked about may be
  /// missing, and count for nothing.
  package var grants: [Grant]

  package init(
    subject: SubjectID, kind: AccountKind?, isEnabled: Bool = true, teams: [TeamID] = [],
    roles: [HeldRole] = [], grants: [Grant] = []
  ) {
    self.subject = subject
    self.kind = kind
    self.isEnabled = isEnabled
    self.teams = teams
    self.roles = roles
    self.grants = grants
  }

  /// Whether something was given to the subject itself or to one of its teams.
  package func includes(_ other: SubjectID) -> Bool {
    if other == subject { return true }
    if case .team(let team) = other { return teams.contains(team) }
    return false
  }

  /// The subject itself, then its teams.
  package var subjects: [SubjectID] { [subject] + teams.map(SubjectID.team) }

  package var administrator: HeldRole? { roles.first(where: \.isAdministrator) }

  package func role(opening surface: SurfaceKind) -> HeldRole? {
    roles.first { surface == .widgets ? $0.opensWidgets : $0.opensAPI }
  }
}

/// The subject and its teams, to look others up among: what was given to another counts for nothing.
struct SubjectSet {
  /// Up to so many are looked through, which takes less than hashing.
  static let few = 16

  private let access: SubjectAccess
  private let teams: Set<TeamID>?

  init(_ access: SubjectAccess) {
    self.access = access
    teams = access.teams.count > Self.few ? Set(access.teams) : nil
  }

  func contains(_ other: SubjectID) -> Bool {
    guard let teams, case .team(let team) = other, other != access.subject else {
      return access.includes(other)
    }
    return teams.contains(team)
  }
}

/// What a system role opens.
package enum SurfaceKind: String, Hashable, Sendable, CaseIterable {
  /// Widgets, by the permission `widgets.read`.
  case widgets
  /// Endpoints and the API, by the permission `api.call`.
  case api

  /// The least of the built-in roles that open it.
  package var leastRole: BuiltInRole { self == .widgets ? .widgetReader : .apiReader }
}
