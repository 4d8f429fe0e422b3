import Access
import Store

/// A system role, built in or custom, as JSON.
struct RoleRecord: Encodable {
  let name: String
  let builtIn: Bool
  let description: String
  let permissions: [String]

  init(_ role: BuiltInRole) {
    name = role.rawValue
    builtIn = true
    description = role.meaning
    permissions = role.permissions.sorted().map(\.rawValue)
  }

  init(_ role: CustomRole) {
    name = role.name.text
    builtIn = false
    description = role.summary.text
    permissions = role.permissions.sorted().map(\.rawValue)
  }
}

/// A system role and who has it directly.
struct RoleHoldersRecord: Encodable {
  let role: RoleRecord
  let users: Int
  let apiUsers: Int
  let teams: Int
  /// The first of them, by name.
  let firstHolders: [Holder]

  struct Holder: Encodable {
    /// `user`, `apiUser` or `team`.
    let kind: String
    let name: String
  }

  static let maximumHolders = 20

  init(_ record: RoleRecord, _ role: SystemRole, _ reader: any SecurityReader) throws {
    self.role = record
    let holders = try reader.holders(of: role)
    (users, apiUsers, teams) = (holders.userCount, holders.apiUserCount, holders.teamCount)
    firstHolders = try reader.subjects(with: role, limit: Self.maximumHolders).map {
      Holder(kind: $0.kind?.rawValue ?? "team", name: $0.name.text)
    }
  }
}
