import Access
import Administration

/// Describes what an account has, except grants and tokens, in the order of the file's keys.
extension AccountContent: Described {
  static let fields: [Field<AccountContent>] =
    (AccountGeneral.fields.map { $0.of(\.general) } + [
      Field("keys", "SSH keys", \.keys, .names) { keys, _ in keys.sorted() },
      Field("teams", "Teams", \.teams, .names) { $1.names($0) },
      Field("roles", "Roles", \.roles, .names) { $1.names($0) },
    ]).inOrder
}

/// Describes what a team has, except grants.
extension TeamContent: Described {
  static let fields: [Field<TeamContent>] =
    TeamGeneral.fields.map { $0.of(\.general) } + [Field("roles", "Roles", \.roles, .names) { $1.names($0) }]
}

extension [Field<AccountContent>] {
  fileprivate var inOrder: Self {
    let ofAPIUsers = APIUserKey.allCases.map(\.rawValue)
    let ofUsers = UserKey.allCases.map(\.rawValue).filter { !ofAPIUsers.dropFirst().contains($0) }
    return (ofUsers + ofAPIUsers.dropFirst()).flatMap { key in filter { $0.key == key } }
  }
}
