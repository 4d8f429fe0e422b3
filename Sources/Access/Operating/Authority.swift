/// What somebody may do in the system: the permissions of all their system roles, own and by teams.
package struct Authority: Hashable, Sendable {
  package let permissions: Set<Permission>
  /// Whether they hold the built-in `Administrator`, and not merely all of its permissions.
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

  package func union(_ other: Authority) -> Authority {
    Authority(
      permissions: permissions.union(other.permissions),
      isAdministrator: isAdministrator || other.isAdministrator)
  }

  /// What holders of this would have that those of the other have not.
  package func beyond(_ other: Authority) -> Authority {
    if other.isAdministrator { return .none }
    return Authority(
      permissions: permissions.subtracting(other.permissions), isAdministrator: isAdministrator)
  }

  package var isNothing: Bool { permissions.isEmpty && !isAdministrator }

  /// Whether it opens surfaces to tokens: what may be given without being had.
  package var opensSurface: Bool { !permissions.isDisjoint(with: Permission.opening) }

  /// The first thing for the console, or `Administrator` itself, that this has and the other lacks:
  /// nobody gives, takes or manages what they lack.
  package func firstLacking(in other: Authority) -> Lack? {
    if isAdministrator, !other.isAdministrator { return .administrator }
    return beyond(other).permissions.subtracting(Permission.opening).min().map(Lack.permission)
  }

  /// What one authority lacks of another.
  package enum Lack: Hashable, Sendable {
    case administrator
    case permission(Permission)
  }

  /// Whether they find anything in the console.
  package var mayEnter: Bool { !permissions.subtracting(Permission.opening).isEmpty }

  /// The service account on which they work: Token IDs are opened and made on the one that has the seal key.
  package var serviceAccount: ServiceAccount {
    permissions.isDisjoint(with: [.tokensCopy, .tokensManage, .widgetsAddToken]) ? .support : .owner
  }
}

/// The two Unix accounts on which sshd lets users in.
package enum ServiceAccount: String, Hashable, Sendable, CaseIterable {
  /// Owns the store and its keys.
  case owner = "popsec"
  /// Of the store's group: it cannot read the seal key.
  case support = "popsec-support"
}

extension Permission {
  /// Those that open a surface to tokens, and nothing in the console.
  package static let opening: Set<Permission> = [.widgetsRead, .apiCall]

  /// Those that change nothing: what remains in read-only mode.
  package static let reading: Set<Permission> = [
    .widgetsRead, .apiCall, .securityRead, .tokensCopy, .auditRead,
  ]
}
