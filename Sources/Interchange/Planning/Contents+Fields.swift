import Access
import Administration

/// What an account is given beside grants and tokens, in the order in which a file has it.
extension AccountContent: Described {
  static let fields: [Field<AccountContent>] =
    (AccountGeneral.fields.map { $0.of(\.general) } + [
      Field("keys", "SSH keys", \.keys, .names) { keys, _ in keys.sorted() },
      Field("teams", "Teams", \.teams, .names) { $1.names($0) },
      Field("roles", "Roles", \.roles, .names) { $1.names($0) },
    ]).inOrder(of: UserKey.self)
}

/// What a team is given beside grants.
extension TeamContent: Described {
  static let fields: [Field<TeamContent>] =
    TeamGeneral.fields.map { $0.of(\.general) } + [Field("roles", "Roles", \.roles, .names) { $1.names($0) }]
}

extension [Field<AccountContent>] {
  fileprivate func inOrder<Key: EntryKey>(of keys: Key.Type) -> Self {
    keys.allCases.flatMap { key in filter { $0.key == key.rawValue } }
  }
}
