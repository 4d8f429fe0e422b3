internal import Access
internal import Store

/// Who made whom a user, or let them in, of late: added, restored or enabled them, or gave them a key or a Unix
/// account; by themselves, or by having it agreed to.
struct Makings {
  private struct Making {
    let makers: Set<UndoOwner>
    let made: AccountID
  }

  /// The first first.
  private let all: [Making]

  /// - Parameter records: of what was done to users, the first first.
  init(_ records: [AuditRecord]) {
    all = records.compactMap { record in
      guard record.letsIn, let made = AccountID(record.target.id) else { return nil }
      let asker = record.fields.first { $0.name == AuditDetails.askerID }?.after.flatMap { AccountID($0) }
      let actor = record.actor.user.map(UndoOwner.user) ?? .actor(record.actor.name)
      return Making(makers: Set([actor] + (asker.map { [UndoOwner.user($0)] } ?? [])), made: made)
    }
  }

  static let actions = ["user.add", "user.restore", "user.keys", "user.edit"]

  /// Whether one made the other, or one user made both, be it through others.
  func connect(_ one: UndoOwner, _ other: AccountID) -> Bool {
    if reach(of: one).contains(other) { return true }
    guard case .user(let id) = one else { return false }
    if reach(of: .user(other)).contains(id) { return true }
    // The owner of the store's files, who is no user, makes the first users, and could write the store anyway.
    return all.flatMap(\.makers).filter(\.isUser).contains { reach(of: $0).isSuperset(of: [id, other]) }
  }

  /// Whom somebody made, and whom these made once they were made.
  private func reach(of owner: UndoOwner) -> Set<AccountID> {
    var makers: Set<UndoOwner> = [owner]
    var found: Set<AccountID> = []
    for making in all where .user(making.made) != owner && !making.makers.isDisjoint(with: makers) {
      found.insert(making.made)
      makers.insert(.user(making.made))
    }
    return found
  }
}

extension UndoOwner {
  fileprivate var isUser: Bool { if case .user = self { true } else { false } }
}

extension AuditRecord {
  /// Whether it tells that a user may sign in who could not, or by other means.
  fileprivate var letsIn: Bool {
    guard action == "user.edit" else { return Makings.actions.contains(action) }
    return fields.contains { $0.name == "unix" || ($0.name == "enabled" && $0.after == "true") }
  }
}
