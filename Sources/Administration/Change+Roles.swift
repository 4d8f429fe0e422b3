package import Access
private import Store

/// The fields of a custom role that can be edited.
package struct RoleContent: Codable, Hashable, Sendable {
  package var name: Name
  package var summary: Summary
  package var permissions: Set<Permission>

  private enum CodingKeys: CodingKey { case name, summary, permissions }

  package init(name: Name, summary: Summary = .empty, permissions: Set<Permission>) {
    self.name = name
    self.summary = summary
    self.permissions = permissions
  }

  package init(_ role: CustomRole) {
    self.init(name: role.name, summary: role.summary, permissions: role.permissions)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(summary, forKey: .summary)
    try container.encode(permissions.sortedByText(), forKey: .permissions)
  }
}

extension Change {
  @discardableResult
  package func addRole(_ content: RoleContent) throws -> CustomRole { try addRole(as: .random(), content) }

  @discardableResult
  func addRole(as id: RoleID, _ content: RoleContent) throws -> CustomRole {
    try require(.rolesManage)
    try requireFree(content.name, except: nil)
    try requireCovering(Authority(permissions: content.permissions), content.name)
    let role = CustomRole(
      id: id, name: content.name, summary: content.summary, permissions: content.permissions)
    try writer.insert(role)
    try record("add", role, AuditDetails(nil, content), .init(was: nil, became: content))
    return role
  }

  package func saveRole(_ id: RoleID, _ edit: Edit<RoleContent>) throws {
    try require(.rolesManage)
    let before = try role(id)
    try edit.check(against: RoleContent(before))
    guard edit.becomes != RoleContent(before) else { return }
    try requireCovering(
      Authority(permissions: before.permissions.union(edit.becomes.permissions)), before.name)
    try requireGivingAccess(
      Authority(permissions: edit.becomes.permissions.subtracting(before.permissions)), toHoldersOf: id)
    try requireFree(edit.becomes.name, except: id)
    try writer.update(
      CustomRole(
        id: id, name: edit.becomes.name, summary: edit.becomes.summary, permissions: edit.becomes.permissions)
    )
    let was = RoleContent(before)
    try record(
      "edit", before, AuditDetails(was, edit.becomes), .init(was: was, became: edit.becomes))
  }

  /// Deletes a custom role, which takes the role from everybody who has it.
  package func deleteRole(_ id: RoleID) throws { try deleteRole(id, as: nil) }

  func deleteRole(_ id: RoleID, as again: RepeatedDeletion?) throws {
    try require(.rolesManage)
    let role = try role(id)
    try requireCovering(Authority(permissions: role.permissions), role.name)
    let count = try writer.holders(of: .custom(id)).total
    let holdings = undoLog.keepsHoldings ? try holdings(of: id) : nil
    let deletion = try deletion(again?.number)
    try writer.delete(id, deletion)
    try rename(DeletedThing(.role, id), as: again)
    try record(
      "delete", role, AuditDetails("holders", before: String(count), after: "0"),
      .init(
        was: RoleContent(role), became: nil, holdings: holdings, deletion: deletion.number,
        formerName: again?.formerName))
  }

  private func record(
    _ verb: String, _ role: CustomRole, _ details: AuditDetails, _ turn: UndoStep.Turn<RoleContent>
  ) throws {
    try record(
      "role.\(verb)", target(role), details,
      doing: UndoStep(name: role.name.text, change: .role(id: role.id, turn: turn)))
  }

  /// Replaces the system roles that were given to a subject itself.
  package func saveRoles(of subject: SubjectID, bounded edit: Edit<BoundedSet<SystemRole>>) throws {
    try requireManaging(subject)
    let current = try writer.roles(of: subject)
    try edit.check(against: current)
    guard edit.becomes != current else { return }
    try requireGiving(
      edit.becomes.gained(over: current, from: now), taking: current.gained(over: edit.becomes, from: now),
      subject)
    var details = AuditDetails()
    details.add("roles", before: try names(current), after: try names(edit.becomes))
    try writer.setRoles(edit.becomes, of: subject)
    let owner = try target(subject)
    let change = UndoStep.Change.roles(
      subject: .init(subject, isUser: owner.kind == .user),
      turn: .init(was: current, became: edit.becomes))
    try record(
      "\(owner.kind.rawValue).roles", owner, details, doing: UndoStep(name: owner.name, change: change))
  }

  /// Replaces the system roles that were given to a subject itself. The roles that stay keep their bounds,
  /// and new roles have none.
  package func saveRoles(of subject: SubjectID, _ edit: Edit<Set<SystemRole>>) throws {
    try requireManaging(subject)
    let current = try writer.roles(of: subject)
    try edit.check(against: current.elements)
    try saveRoles(of: subject, bounded: Edit(was: current, becomes: current.keeping(edit.becomes)))
  }

  private func requireGiving(
    _ given: Set<SystemRole>, taking taken: Set<SystemRole>, _ subject: SubjectID
  ) throws {
    let name = try name(of: subject)
    try requireGiving(try authority(of: given), to: subject, name)
    // Taking a role from an API user is allowed without this check, because it only makes the store safer.
    if case .team = subject { try requireCovering(try authority(of: taken), name) }
  }

  /// A change that adds permissions to a role gives them to all holders of the role, so the operator must be
  /// allowed to give them.
  func requireGivingAccess(_ gained: Authority, toHoldersOf role: RoleID) throws {
    guard gained.opensSurface, !authority.isAdministrator else { return }
    try require(.apiUsersManage)
    guard let user = operating.user, !gained.beyond(authority).isNothing else { return }
    let subjects = [.account(user)] + (try writer.teams(of: user)).map { SubjectID.team($0.value.id) }
    if try subjects.contains(where: { try writer.roles(of: $0).contains(.custom(role)) }) {
      throw AdministrationError.toOneself
    }
  }

  func role(_ id: RoleID) throws -> CustomRole {
    guard let role = try writer.customRole(id) else {
      throw AdministrationError.missing(kind: "role", name: id.description)
    }
    return role
  }

  private func names(_ roles: BoundedSet<SystemRole>) throws -> [String] {
    try roles.bounded.map { role in
      let name =
        switch role.value {
        case .builtIn(let builtIn): builtIn.rawValue
        case .custom(let id): try self.role(id).name.text
        }
      return ([name] + role.bounds.words).joined(separator: " ")
    }
  }

  private func target(_ role: CustomRole) -> AuditTarget {
    AuditTarget(.role, id: role.id.description, name: role.name.text)
  }

  private func requireFree(_ name: Name, except id: RoleID?) throws {
    try requireNotReserved(name)
    if let other = try writer.customRole(named: NameKey(name)), other.id != id {
      throw AdministrationError.nameTaken(kind: "role", name: name)
    }
  }

  func requireNotReserved(_ name: Name) throws {
    if BuiltInRole.named(NameKey(name)) != nil { throw AdministrationError.nameReserved(name) }
  }
}
