package import Access
package import Store

/// The message before a change that says whether it can be undone. All messages of this kind are made here.
package enum TakingBack {
  package static let never = "this is final: it can't be undone"

  /// The message before a deletion.
  /// - Parameter days: the number of days for which deleted things are kept.
  package static func deleting(_ kind: DeletedKind, days: Int64) -> String {
    let kept = "it can be restored for \(Setting.deletedKeptDays.words(.number(Int(days))))"
    return kind.accountKind == nil ? kept : "\(kept); its tokens are revoked for good"
  }

  /// The message about everything that a plan removes.
  /// - Parameter hasTokens: whether users or API users may be among it.
  package static func removing(days: Int64, hasTokens: Bool) -> String {
    let kept = Setting.deletedKeptDays.words(.number(Int(days)))
    return "what is removed can be restored for \(kept)" + (hasTokens ? "; tokens are revoked for good" : "")
  }

  /// The message about the laws that a plan removes, which are not kept as deleted things.
  package static let removingLaws = "a law that is removed comes back by undoing the change"

  package static let purging = "\(never), nor can it be restored"
  package static let restoringAccount = "its tokens stay revoked: what used them needs new ones"
}

extension DeletedRow {
  /// The thing and its place, as in `list of Business Central`.
  package var what: String {
    // The place of an item also tells its kind.
    if kind == .item, let place { return place }
    return kind.title + (place.map { " of \($0)" } ?? "")
  }
}

extension DeletedKind {
  /// The permission to restore or purge the thing.
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
