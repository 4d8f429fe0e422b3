import Access
import Store

/// Checks that a file leaves the store an enabled user who is Administrator for good, through an own role or
/// a team's, where the store had one. Without such a user, nobody could mend the store. A role that begins
/// later or ends does not count.
struct AdministratorCheck {
  private let file: SecurityFile
  private let present: PresentState
  private let reader: any SecurityReader
  private let now: Timestamp

  init(_ file: SecurityFile, _ present: PresentState, _ reader: any SecurityReader, now: Timestamp) {
    self.file = file
    self.present = present
    self.reader = reader
    self.now = now
  }

  func run(_ problems: Problems) throws {
    guard file.users != nil || file.teams != nil else { return }
    let teams = try present.teams.filter { try isAdministrator(.team($0.value.id)) }
    guard try storeHasOne(teams.values.map(\.id)) else { return }
    guard try !remains(byTeams: file.teams.map(administrators) ?? Set(teams.keys)) else { return }
    problems.add(
      "the file would leave no enabled Administrator", at: .start,
      hint: "keep at least one enabled user with the role Administrator, of its own or by a team")
  }

  /// The teams of the file that make their members Administrators.
  private func administrators(_ teams: [TeamEntry]) -> Set<NameKey> {
    Set(teams.filter { $0.roles.contains(where: isAdministrator) }.map(\.named.key))
  }

  private func remains(byTeams teams: Set<NameKey>) throws -> Bool {
    if let users = file.users {
      return users.contains { user in
        user.isEnabled
          && (user.roles.contains(where: isAdministrator)
            || user.teams.contains { teams.contains($0.named.key) && lasts($0.bounds) })
      }
    }
    return try storeHasOne(teams.compactMap { present.teams[$0]?.id })
  }

  /// Whether the store has an enabled user with the role, or in one of these teams.
  private func storeHasOne(_ teams: [TeamID]) throws -> Bool {
    for team in teams
    where try reader.hasMember(
      of: team, where: { $0.account.kind == .user && $0.account.isEnabled && lasts($0.bounds) })
    {
      return true
    }
    guard try reader.holders(of: .builtIn(.administrator)).userCount > 0 else { return false }
    var found = false
    try reader.forEachAccount(AccountQuery(kind: .user), now: now) { user in
      if !found, user.isEnabled { found = try isAdministrator(.account(user.id)) }
    }
    return found
  }

  private func isAdministrator(_ subject: SubjectID) throws -> Bool {
    try reader.roles(of: subject)[.builtIn(.administrator)].map(lasts) ?? false
  }

  private func isAdministrator(_ role: HeldEntry) -> Bool {
    BuiltInRole.named(role.named.key) == .administrator && lasts(role.bounds)
  }

  private func lasts(_ bounds: Bounds) -> Bool { bounds.until == nil && bounds.contains(now) }
}
