import Access
import Administration

/// Describes what an account has, except grants and tokens, in the order of the file's keys.
extension AccountContent: Described {
  static let fields: [Field<AccountContent>] =
    (AccountGeneral.fields.map { $0.of(\.general) } + [
      Field("keys", "SSH keys", \.keys, .names) { keys, _ in keys.sorted() },
      Field("teams", "Teams", \.teams, .names) { $1.names($0) },
      Field("roles", "Roles", \.roles, .names) { $1.names($0) },
    ]).inOrder(of: UserKey.self)
}

/// Describes what a team has, except grants.
extension TeamContent: Described {
  static let fields: [Field<TeamContent>] =
    TeamGeneral.fields.map { $0.of(\.general) } + [Field("roles", "Roles", \.roles, .names) { $1.names($0) }]
}

extension [Field<AccountContent>] {
  fileprivate func inOrder<Key: EntryKey>(of keys: Key.Type) -> Self {
    keys.allCases.flatMap { key in filter { $0.key == key.rawValue } }
  }
}
