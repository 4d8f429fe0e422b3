package import Access
import Store

/// Nobody gives what they lack, by whatever road: these are asked before anything is given or taken.
extension Change {
  package func require(_ permission: Permission) throws {
    guard !state.isReadOnly || Permission.reading.contains(permission) else {
      throw AdministrationError.readOnly
    }
    guard authority.may(permission) else { throw AdministrationError.notPermitted(permission) }
  }

  /// Refuses where none of these is had; it names the first.
  func require(anyOf permissions: Permission...) throws {
    try require(permissions.first(where: authority.may) ?? permissions[0])
  }

  /// What only the built-in role permits, whatever permissions others were given.
  package func requireAdministrator(to what: String) throws {
    guard authority.isAdministrator else { throw AdministrationError.notAdministrator(what) }
  }

  /// What changing an account of that kind needs.
  func requireManaging(_ kind: AccountKind) throws {
    try require(kind == .user ? .usersManage : .apiUsersManage)
  }

  /// What changing an account needs: a user must not be above the operator.
  func requireManaging(_ account: Account) throws {
    try requireManaging(account.kind)
    if account.kind == .user {
      try requireCovering(try writer.authority(of: account.id).from(now), account.name)
    }
  }

  /// What changing the roles or grants of a subject needs.
  func requireManaging(_ subject: SubjectID) throws { _ = try managedAccount(subject) }

  /// Does the same, and returns the account that was read for it; nil for a team.
  func managedAccount(_ subject: SubjectID) throws -> Account? {
    guard case .account(let id) = subject else {
      try require(.teamsManage)
      return nil
    }
    let account = try account(id)
    try requireManaging(account)
    return account
  }

  /// Refuses where this would give or take what the operator lacks.
  func requireCovering(_ other: Authority, _ name: Name) throws {
    if let lack = other.firstLacking(in: authority) { throw AdministrationError.beyond(lack, name) }
  }

  /// Refuses to give to a subject what the operator lacks; what opens surfaces takes `apiUsers.manage`.
  func requireGiving(_ given: Authority, to subject: SubjectID, _ name: Name) throws {
    try requireCovering(given, name)
    if given.opensSurface { try requireGivingAccess(to: subject, gained: given) }
  }

  /// Data grants and roles that open surfaces are given by `apiUsers.manage`, and never to oneself. An
  /// Administrator has them all: nothing is gained.
  func requireGivingAccess(to subject: SubjectID, gained: Authority? = nil) throws {
    if authority.isAdministrator { return }
    try require(.apiUsersManage)
    let gainsNothing = gained.map { $0.beyond(authority).isNothing } ?? false
    if !gainsNothing, try isOneself(subject) { throw AdministrationError.toOneself }
  }

  /// Whether a subject is the operator, or a team of the operator.
  private func isOneself(_ subject: SubjectID) throws -> Bool {
    guard let user = operating.user else { return false }
    switch subject {
    case .account(let id): return id == user
    case .team(let id): return try !writer.members(of: id, among: [user]).isEmpty
    }
  }

  /// What a role gives its holders.
  func authority(of role: SystemRole) throws -> Authority {
    switch role {
    case .builtIn(let role):
      Authority(permissions: role.permissions, isAdministrator: role == .administrator)
    case .custom(let id): Authority(permissions: try self.role(id).permissions)
    }
  }

  func authority(of roles: Set<SystemRole>) throws -> Authority {
    try roles.reduce(Authority.none) { $0.union(try authority(of: $1)) }
  }

  /// What must hold when all is done: there is an Administrator where there was one, and whoever did this
  /// could sign in again, and no law is broken that was not broken before.
  func checkOutcome() throws {
    try requireFreeAddresses()
    try checkLaws()
    guard ledger.isStandingTouched else { return }
    if hadAdministrator, try !writer.hasAdministrator(at: now) { throw AdministrationError.lastAdministrator }
    guard operating.user != nil else { return }
    do { _ = try operating.authority(in: writer, at: now) } catch {
      guard let error = error as? AdministrationError else { throw error }
      // Without a user they come as the owner of the store.
      let isOwnerAgain = error == .signedOut(.deleted) || error == .signedOut(.means)
      guard operating.ownsStore, isOwnerAgain else { throw AdministrationError.lockOut }
    }
  }
}
