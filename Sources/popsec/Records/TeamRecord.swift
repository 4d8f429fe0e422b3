import Access
import Store

/// A team as a list shows it.
struct TeamListRecord: Record {
  let row: TeamRow

  static let columns: [Column<Self>] = [
    .data("id") { $0.row.team.id.description },
    Column("name", "Name") { $0.row.team.name.text },
    Column("members", "Members", alignsRight: true) { $0.row.memberCount },
    Column("grants", "Grants", alignsRight: true) { $0.row.grantCount },
    Column("description", "Description") { $0.row.team.summary.text },
  ]
}

/// A team with its roles and grants. `team members` lists its members.
struct TeamRecord: Record {
  let team: Team
  let roles: [HeldRecord]
  let grants: [GrantRecord]
  let members: Int

  init(_ team: Team, _ reader: any SecurityReader) throws {
    self.team = team
    roles = try reader.heldRoles(of: .team(team.id))
    grants = try grantRecords(.team(team.id), "team", team.name.text, reader)
    members = try reader.memberCount(MemberQuery(team: team.id))
  }

  static let columns: [Column<Self>] = [
    Column("name", "Name") { $0.team.name.text },
    Column("id", "ID") { $0.team.id.description },
    Column("description", "Description") { $0.team.summary.text },
    Column("created", "Added (UTC)", { $0.team.createdAt.printed }) { $0.team.createdAt.minute },
    Column("members", "Members") { $0.members },
    Column("roles", "Roles", { $0.roles }) { $0.roles.text },
    .data("grants") { $0.grants },
  ]
}

/// A member of a team.
struct MemberRecord: Record {
  let row: MemberRow

  static let columns: [Column<Self>] = [
    .data("id") { $0.row.account.id.description },
    Column("name", "Name") { $0.row.account.name.text },
    Column("kind", "Kind", { Word($0.row.account.kind) }) { $0.row.account.kind.title },
    Column("enabled", "State", { $0.row.account.isEnabled }) {
      stateText(isEnabled: $0.row.account.isEnabled)
    },
    .dataIfAny("from") { $0.row.bounds.from?.printed },
    .dataIfAny("until") { $0.row.bounds.until?.printed },
    .shown("In force") { $0.row.bounds.words.joined(separator: " ") },
  ]
}
