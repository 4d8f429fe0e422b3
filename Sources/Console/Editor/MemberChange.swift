import Access
import Store

/// What becomes of a team's members.
struct MemberChange: Hashable, Sendable {
  var adding: Set<AccountID> = []
  var removing: Set<AccountID> = []

  var isEmpty: Bool { adding.isEmpty && removing.isEmpty }
}

/// As it is kept for whoever left while it was pending.
extension MemberChange {
  /// Nil for what was pending on another page.
  init?(_ pending: PendingEdits) {
    guard case .members(let added, let removed) = pending else { return nil }
    adding = Set(added.compactMap(AccountID.init(draftText:)))
    removing = Set(removed.compactMap(AccountID.init(draftText:)))
  }

  /// Nil where nothing is pending.
  var pending: PendingEdits? {
    guard !isEmpty else { return nil }
    return .members(
      adding: adding.map(\.draftText).sorted(), removing: removing.map(\.draftText).sorted())
  }
}
