internal import Access
internal import Store

/// Who made whom a user, or let them in, of late: added, restored or enabled them, or gave them a key or a Unix
/// account; by themselves, or by having it agreed to.
struct Makings {
  private var made: [UndoOwner: Set<AccountID>] = [:]

  /// - Parameter records: of what was done to users.
  init(_ records: [AuditRecord]) {
    for record in records where record.letsIn {
      guard let user = AccountID(record.target.id) else { continue }
      let asker = record.fields.first { $0.name == AuditDetails.askerID }?.after.flatMap { AccountID($0) }
      let makers =
        [record.actor.user.map(UndoOwner.user) ?? .actor(record.actor.name)]
        + (asker.map { [UndoOwner.user($0)] } ?? [])
      for maker in makers where maker != .user(user) { made[maker, default: []].insert(user) }
    }
  }

  static let actions = ["user.add", "user.restore", "user.keys", "user.edit"]

  /// Whether one made the other, be it through others.
  func connect(_ one: UndoOwner, _ other: AccountID) -> Bool {
    if reach(of: one).contains(other) { return true }
    guard case .user(let id) = one else { return false }
    return reach(of: .user(other)).contains(id)
  }

  private func reach(of owner: UndoOwner) -> Set<AccountID> {
    var found: Set<AccountID> = []
    var next = made[owner] ?? []
    while !next.isEmpty {
      found.formUnion(next)
      next = Set(next.flatMap { made[.user($0)] ?? [] }).subtracting(found)
    }
    return found
  }
}

extension AuditRecord {
  /// Whether it tells that a user may sign in who could not, or by other means.
  fileprivate var letsIn: Bool {
    guard action == "user.edit" else { return Makings.actions.contains(action) }
    return fields.contains { $0.name == "unix" || ($0.name == "enabled" && $0.after == "true") }
  }
}
