internal import Access
internal import Store

/// Who recently made whom a user, or let them in: added, restored or enabled them, or gave them a key or a
/// Unix account. A person who agreed to such a change counts as well.
struct Makings {
  private struct Making {
    let makers: Set<UndoOwner>
    let made: AccountID
  }

  /// The makings, the earliest first.
  private let all: [Making]

  /// - Parameter records: the audit rows about users, the earliest first.
  init(_ records: [AuditRecord]) {
    all = records.compactMap { record in
      guard record.letsIn, let made = AccountID(record.target.id) else { return nil }
      let askers = record.fields.filter { Self.askers.contains($0.name) }
        .compactMap { $0.after.flatMap { AccountID($0) } }
      let actor = record.actor.user.map(UndoOwner.user) ?? .actor(record.actor.name)
      return Making(makers: Set([actor] + askers.map(UndoOwner.user)), made: made)
    }
  }

  private static let askers = [AuditDetails.askerID, AuditDetails.requesterID]
  static let actions = ["user.add", "user.restore", "user.keys", "user.edit"]

  /// Whether one of the two made the other, or one user made both, directly or through others.
  func connect(_ one: UndoOwner, _ other: AccountID) -> Bool {
    if reach(of: one).contains(other) { return true }
    guard case .user(let id) = one else { return false }
    if reach(of: .user(other)).contains(id) { return true }
    // The owner of the store's files makes the first users without being one, and could write the store
    // anyway.
    return all.flatMap(\.makers).filter(\.isUser).contains { reach(of: $0).isSuperset(of: [id, other]) }
  }

  /// Whether one made the other, directly or through others.
  func isMade(_ other: AccountID, by one: UndoOwner) -> Bool { reach(of: one).contains(other) }

  /// The users whom somebody made, and those whom these made afterwards.
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
  /// Whether the row tells that a user may log in who could not, or by other means.
  fileprivate var letsIn: Bool {
    guard action == "user.edit" else { return Makings.actions.contains(action) }
    return fields.contains { $0.name == "unix" || ($0.name == "enabled" && $0.after == "true") }
  }
}
