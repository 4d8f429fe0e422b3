/// What a person may do in the system: the permissions of all their system roles, their own and those of
/// their teams.
package struct Authority: Hashable, Sendable {
  package let permissions: Set<Permission>
  /// Whether the person holds the built-in role `Administrator`. Having all of its permissions is not enough.
  package let isAdministrator: Bool

  package static let none = Authority(permissions: [])
  package static let administrator = Authority(
    permissions: Set(Permission.allCases), isAdministrator: true)

  package init(permissions: Set<Permission>, isAdministrator: Bool = false) {
    self.permissions = isAdministrator ? Set(Permission.allCases) : permissions
    self.isAdministrator = isAdministrator
  }

  /// What the built-in role gives.
  package init(_ role: BuiltInRole) {
    self.init(permissions: role.permissions, isAdministrator: role == .administrator)
  }

  package func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

  /// The built-in role that gives the most of what the person may do; nil where no built-in role is contained in
  /// their permissions. A custom role may give more, and has no rank of its own.
  package var strongestRole: BuiltInRole? {
    if isAdministrator { return .administrator }
    let rank = { (role: BuiltInRole) in role.permissions.subtracting(Permission.opening).count }
    // Where two roles give as many permissions, the later one of the list counts.
    return BuiltInRole.allCases.filter { $0 != .administrator && $0.permissions.isSubset(of: permissions) }
      .enumerated().max { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }?.element
  }

  package func union(_ other: Authority) -> Authority {
    Authority(
      permissions: permissions.union(other.permissions),
      isAdministrator: isAdministrator || other.isAdministrator)
  }

  /// The permissions of this authority that the other one lacks.
  package func beyond(_ other: Authority) -> Authority {
    if other.isAdministrator { return .none }
    return Authority(
      permissions: permissions.subtracting(other.permissions), isAdministrator: isAdministrator)
  }

  package var isNothing: Bool { permissions.isEmpty && !isAdministrator }

  /// Whether the authority opens a surface to tokens. A person may give such a permission without having it.
  package var opensSurface: Bool { !permissions.isDisjoint(with: Permission.opening) }

  /// The first console permission, or `Administrator` itself, that this authority has and the other lacks.
  /// Nobody may give, take or manage what they lack themselves.
  package func firstLacking(in other: Authority) -> Lack? {
    if isAdministrator, !other.isAdministrator { return .administrator }
    return beyond(other).permissions.subtracting(Permission.opening).min().map(Lack.permission)
  }

  /// A right that one authority lacks and another has.
  package enum Lack: Hashable, Sendable {
    case administrator
    case permission(Permission)
  }

  /// Whether the person may do anything in the console.
  package var mayEnter: Bool { !permissions.subtracting(Permission.opening).isEmpty }

  /// The service account on which the person works. Token IDs are revealed and made on the account that has
  /// the seal key.
  package var serviceAccount: ServiceAccount {
    permissions.isDisjoint(with: [.tokensCopy, .tokensManage, .widgetsAddToken]) ? .support : .owner
  }
}

/// The two Unix accounts on which sshd lets users log in.
package enum ServiceAccount: String, Hashable, Sendable, CaseIterable {
  /// The account that owns the store and its keys.
  case owner = "popsec"
  /// The account that is a member of the store's group. It cannot read the seal key.
  case support = "popsec-support"
}

extension Permission {
  /// The permissions that open a surface to tokens, but nothing in the console.
  package static let opening: Set<Permission> = [.widgetsRead, .apiCall]

  /// The permissions that change nothing. Only these remain in read-only mode.
  package static let reading: Set<Permission> = [
    .widgetsRead, .apiCall, .securityRead, .tokensCopy, .auditRead,
  ]
}
