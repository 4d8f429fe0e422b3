import Access
import Store

/// A system role, either built in or custom.
struct RoleRecord: Record {
  let name: String
  let isBuiltIn: Bool
  let description: String
  let permissions: [String]

  init(_ role: BuiltInRole) {
    (name, isBuiltIn, description) = (role.rawValue, true, role.meaning)
    permissions = role.permissions.sorted().map(\.rawValue)
  }

  init(_ role: CustomRole) {
    (name, isBuiltIn, description) = (role.name.text, false, role.summary.text)
    permissions = role.permissions.sorted().map(\.rawValue)
  }

  var made: String { isBuiltIn ? "built in" : "custom" }

  static let columns: [Column<Self>] = [
    Column("name", "Name") { $0.name },
    Column("builtIn", "Made", { $0.isBuiltIn }) { $0.made },
    Column("permissions", "Permissions", { $0.permissions }) { String($0.permissions.count) },
    Column("description", "Description") { $0.description },
  ]
}

/// A system role, with those who have it directly.
struct RoleHoldersRecord: Record {
  let role: RoleRecord
  let holders: RoleHolders
  /// The first holders, ordered by name.
  let firstHolders: [Holder]

  struct Holder: Record {
    /// The kind of holder: `user`, `apiUser` or `team`.
    let kind: String
    let name: String
    let bounds: Bounds

    static let columns: [Column<Self>] = [
      Column("kind", "Kind") { $0.kind },
      Column("name", "The first who have it") { $0.name },
      .dataIfAny("from") { $0.bounds.from?.printed },
      .dataIfAny("until") { $0.bounds.until?.printed },
      .shown("In force") { $0.bounds.words.joined(separator: " ") },
    ]
  }

  static let maximumHolders = 20

  init(_ record: RoleRecord, _ role: SystemRole, _ reader: any SecurityReader) throws {
    self.role = record
    holders = try reader.holders(of: role)
    firstHolders = try reader.subjects(with: role, limit: Self.maximumHolders).map {
      Holder(kind: $0.kind?.rawValue ?? "team", name: $0.name.text, bounds: $0.bounds)
    }
  }

  static let columns: [Column<Self>] = [
    .data("role") { $0.role },
    .shown("Name") { $0.role.name },
    .shown("Description") { $0.role.description },
    .shown("Made") { $0.role.made },
    .shown("Permissions") { $0.role.permissions.cellText },
    Column("users", "Users") { $0.holders.userCount },
    Column("apiUsers", "API users") { $0.holders.apiUserCount },
    Column("teams", "Teams") { $0.holders.teamCount },
    .data("firstHolders") { $0.firstHolders },
  ]
}
