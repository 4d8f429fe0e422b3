/// A system role that a subject has, itself or by one of its teams.
package struct HeldRole: Hashable, Sendable {
  package let role: SystemRole
  /// Who it was given to: the subject itself or the team.
  package let holder: SubjectID
  package let opensWidgets: Bool
  package let opensAPI: Bool
  /// Those of the role itself; a role of a team needs the membership to be in force, too.
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
  /// Whether it is a user or an API user; nil for a team.
  package let kind: AccountKind?
  /// A team is always enabled.
  package var isEnabled: Bool
  /// The teams that it is in, each with the bounds of the membership; a team is in none.
  package var teams: [Bounded<TeamID>]
  /// Its own system roles, and those of its teams.
  package var roles: [HeldRole]
  /// Its own grants and those of its teams; those on other connectors than the one asked about may be
  /// missing, and count for nothing.
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

  /// When what was given to the subject itself or to one of its teams counts for it: the bounds of the membership.
  /// Nil for what was given to another.
  package func membership(of holder: SubjectID) -> Bounds? {
    if holder == subject { return .always }
    guard case .team(let team) = holder else { return nil }
    return teams.first { $0.value == team }?.bounds
  }

  /// The role Administrator, where it is in force.
  package func administrator(at now: Timestamp) -> HeldRole? {
    roles.first { $0.isAdministrator && lapse(of: $0, at: now) == nil }
  }

  /// The first role in force that opens a surface.
  package func role(opening surface: SurfaceKind, at now: Timestamp) -> HeldRole? {
    roles.first { $0.opens(surface) && lapse(of: $0, at: now) == nil }
  }

  /// Why a role does not count at an instant; nil where it does.
  package func lapse(of role: HeldRole, at now: Timestamp) -> Lapse? {
    Lapse(membership: membership(of: role.holder), own: role.bounds, at: now)
  }
}

/// Why something that was given does not count at an instant.
package struct Lapse: Hashable, Sendable {
  package enum Cause: Hashable, Sendable {
    /// The membership in the team to which it was given is not in force.
    case membership
    /// The role or the grant itself is not in force.
    case itself
  }

  package let cause: Cause
  package let standing: Standing

  /// Nil where both are in force. What was given to another counts for nothing, and is told apart before.
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

/// The subject and its teams, to look others up among: what was given to another counts for nothing.
struct SubjectSet {
  /// Up to this number of teams are looked through, which takes less than hashing.
  static let few = 16

  private let access: SubjectAccess
  private let teams: [TeamID: Bounds]?

  init(_ access: SubjectAccess) {
    self.access = access
    guard access.teams.count > Self.few else {
      teams = nil
      return
    }
    teams = Dictionary(access.teams.map { ($0.value, $0.bounds) }, uniquingKeysWith: { first, _ in first })
  }

  /// As ``SubjectAccess/membership(of:)``.
  func membership(of other: SubjectID) -> Bounds? {
    guard let teams, case .team(let team) = other, other != access.subject else {
      return access.membership(of: other)
    }
    return teams[team]
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
