/// A system role that a subject has, by itself or through one of its teams.
package struct HeldRole: Hashable, Sendable {
  package let role: SystemRole
  /// The subject that was given the role: the subject itself or the team.
  package let holder: SubjectID
  package let opensWidgets: Bool
  package let opensAPI: Bool
  /// The bounds of the role itself. A role of a team needs the membership to be in force, too.
  package let bounds: Bounds

  package init(
    role: SystemRole, holder: SubjectID, permissions: Set<Permission>, bounds: Bounds = .always
  ) {
    self.role = role
    self.holder = holder
    self.bounds = bounds
    opensWidgets = permissions.contains(.widgetsRead)
    opensAPI = permissions.contains(.apiCall)
  }

  package var isAdministrator: Bool { role == .builtIn(.administrator) }

  package func opens(_ surface: SurfaceKind) -> Bool { surface == .widgets ? opensWidgets : opensAPI }
}

/// What was given to one subject and to its teams, as far as a request touches it.
package struct SubjectAccess: Hashable, Sendable {
  package let subject: SubjectID
  /// Whether the subject is a user or an API user; nil for a team.
  package let kind: AccountKind?
  /// Whether the subject is enabled. A team is always enabled.
  package var isEnabled: Bool
  /// The subject's teams, each with the bounds of the membership. A team is in no team.
  package var teams: [Bounded<TeamID>]
  /// The subject's own system roles, and those of its teams.
  package var roles: [HeldRole]
  /// The subject's own grants, and those of its teams. Grants on other connectors than the one asked about
  /// may be missing, and never count.
  package var grants: [Grant]

  package init(
    subject: SubjectID, kind: AccountKind?, isEnabled: Bool = true,
    teams: [Bounded<TeamID>] = [],
    roles: [HeldRole] = [], grants: [Grant] = []
  ) {
    self.subject = subject
    self.kind = kind
    self.isEnabled = isEnabled
    self.teams = teams
    self.roles = roles
    self.grants = grants
  }

  /// The subject itself, then its teams.
  package var subjects: [SubjectID] { [subject] + teams.map { .team($0.value) } }

  /// The bounds of the membership through which a holder's roles and grants count for the subject. Nil where
  /// the holder is neither the subject nor one of its teams.
  package func membership(of holder: SubjectID) -> Bounds? {
    if holder == subject { return .always }
    guard case .team(let team) = holder else { return nil }
    return teams.first { $0.value == team }?.bounds
  }

  /// The system role Administrator, where it is in force.
  package func administrator(at now: Timestamp) -> HeldRole? {
    roles.first { $0.isAdministrator && lapse(of: $0, at: now) == nil }
  }

  /// The first role in force that opens a surface.
  package func role(opening surface: SurfaceKind, at now: Timestamp) -> HeldRole? {
    roles.first { $0.opens(surface) && lapse(of: $0, at: now) == nil }
  }

  /// The reason why a role does not count at an instant; nil where it counts.
  package func lapse(of role: HeldRole, at now: Timestamp) -> Lapse? {
    Lapse(membership: membership(of: role.holder), own: role.bounds, at: now)
  }
}

/// The reason why something that was given does not count at an instant.
package struct Lapse: Hashable, Sendable {
  package enum Cause: Hashable, Sendable {
    /// The membership in the team that holds it is not in force.
    case membership
    /// The role or the grant itself is not in force.
    case itself
  }

  package let cause: Cause
  package let standing: Standing

  /// Makes the reason; nil where both bounds are in force. What another subject holds never counts, and is
  /// reported as a contradiction before.
  init?(membership: Bounds?, own: Bounds, at now: Timestamp) {
    if let membership {
      let standing = membership.standing(at: now)
      guard standing == .inForce else {
        (cause, self.standing) = (.membership, standing)
        return
      }
    }
    let standing = own.standing(at: now)
    guard standing != .inForce else { return nil }
    (cause, self.standing) = (.itself, standing)
  }
}

/// The surfaces that a system role can open.
package enum SurfaceKind: String, Hashable, Sendable, CaseIterable {
  /// Widgets, which the permission `widgets.read` opens.
  case widgets
  /// Endpoints and the API, which the permission `api.call` opens.
  case api

  /// The built-in role with the fewest permissions that opens this surface.
  package var leastRole: BuiltInRole { self == .widgets ? .widgetReader : .apiReader }
}
