internal import Access
internal import Store

extension Session {
  func drafts(of user: AccountID) throws -> [StoredDraft] {
    try rows(
      "SELECT account_id, place, title, at, document FROM draft WHERE account_id = ? ORDER BY at DESC, place",
      [user.rawValue]
    ) { fields in
      StoredDraft(
        user: try fields.id(0), place: try fields.text(1), title: try fields.text(2), at: try fields.time(3),
        document: try fields.text(4))
    }
  }
}

extension Session {
  func put(_ draft: StoredDraft) throws {
    try deleteDraft(of: draft.user, at: draft.place)
    try executeAside(
      "INSERT INTO draft (account_id, place, title, at, document) VALUES (?, ?, ?, ?, ?)",
      [
        draft.user.rawValue, draft.place, draft.title, draft.at.secondsSince1970, draft.document,
      ])
    for surplus in try drafts(of: draft.user).dropFirst(StoredDraft.maximumCount) {
      try deleteDraft(of: surplus.user, at: surplus.place)
    }
  }

  func deleteDraft(of user: AccountID, at place: String) throws {
    try executeAside("DELETE FROM draft WHERE account_id = ? AND place = ?", [user.rawValue, place])
  }
}
