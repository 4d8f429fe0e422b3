package import Access
package import Store

/// What is said, before something is done, of whether it can be taken back: the one wording.
package enum TakingBack {
  package static let never = "this is final: it can't be undone"

  /// Of a deletion.
  /// - Parameter days: for how long what is deleted is kept.
  package static func deleting(_ kind: DeletedKind, days: Int64) -> String {
    let kept = "it can be restored for \(Setting.deletedKeptDays.words(.number(Int(days))))"
    return kind.accountKind == nil ? kept : "\(kept); its tokens are revoked for good"
  }

  /// Of all that a plan removes.
  /// - Parameter hasTokens: whether users or API users may be among it.
  package static func removing(days: Int64, hasTokens: Bool) -> String {
    let kept = Setting.deletedKeptDays.words(.number(Int(days)))
    return "what is removed can be restored for \(kept)" + (hasTokens ? "; tokens are revoked for good" : "")
  }

  package static let purging = "\(never), nor can it be restored"
  package static let restoringAccount = "its tokens stay revoked: what used them needs new ones"
}

extension DeletedRow {
  /// What it is, and where it was, as in `list of Business Central`.
  package var what: String {
    // Of an item the place says what it is, too.
    if kind == .item, let place { return place }
    return kind.title + (place.map { " of \($0)" } ?? "")
  }
}

extension DeletedKind {
  /// What it takes to restore or purge one.
  package var managing: Permission {
    switch self {
    case .user: .usersManage
    case .apiUser: .apiUsersManage
    case .team: .teamsManage
    case .role: .rolesManage
    case .connector, .company, .list, .item, .widget, .endpoint: .catalogueManage
    }
  }
}
