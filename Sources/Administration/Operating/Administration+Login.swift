package import Access
internal import Store

extension Administration {
  /// The keys with which users log in on a service account: those of enabled users whose system roles need
  /// this account. Where the presented key is known, only that one.
  package func loginKeys(
    on service: ServiceAccount, shown: SSHPublicKey?
  ) throws -> [(user: AccountID, key: SSHPublicKey)] {
    try read { reader in
      let users = try shown.map { try reader.users(withKey: $0.material) } ?? reader.enabledUsers(now: now)
      return try users.filter(\.isEnabled).flatMap { user -> [(user: AccountID, key: SSHPublicKey)] in
        let authority = try reader.authority(of: user.id).at(now)
        guard authority.mayEnter, authority.serviceAccount == service else { return [] }
        return try reader.publicKeys(of: user.id).compactMap { try? SSHPublicKey($0) }
          .filter { shown == nil || $0.material == shown?.material }
          .map { (user: user.id, key: $0) }
      }
    }
  }
}

extension SecurityReader {
  fileprivate func enabledUsers(now: Timestamp) throws -> [Account] {
    var users: [Account] = []
    try forEachAccount(AccountQuery(kind: .user), now: now) { users.append($0) }
    return users
  }
}
