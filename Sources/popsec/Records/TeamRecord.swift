import Access
import Store

/// A team in a list, as JSON.
struct TeamListRecord: Encodable {
  let id: String
  let name: String
  let description: String
  let members: Int
  let grants: Int

  init(_ row: TeamRow) {
    id = row.team.id.description
    name = row.team.name.text
    description = row.team.summary.text
    members = row.memberCount
    grants = row.grantCount
  }
}

/// One team with what it carries; its members are told by `team members`.
struct TeamRecord: Encodable {
  let id: String
  let name: String
  let description: String
  let created: String
  let roles: [String]
  let grants: [GrantRecord]
  let members: Int

  init(_ team: Team, _ reader: any SecurityReader) throws {
    id = team.id.description
    name = team.name.text
    description = team.summary.text
    created = team.createdAt.description
    roles = try roleNames(try reader.roles(of: .team(team.id)), reader)
    grants = try grantRecords(.team(team.id), "team", name, reader)
    members = try reader.memberCount(MemberQuery(team: team.id))
  }
}

/// A member of a team.
struct MemberRecord: Encodable {
  let id: String
  let kind: String
  let name: String
  let enabled: Bool

  init(_ row: MemberRow) {
    id = row.account.id.description
    kind = row.account.kind.rawValue
    name = row.account.name.text
    enabled = row.account.isEnabled
  }
}
