package import Access

/// Refusals of one operator and kind that have no audit rows of their own. One row will sum them up later.
package struct RefusalSum: Hashable, Sendable {
  /// The operator's user id as text; empty for an operator who is not a user.
  package let userID: String
  package let actor: String
  /// The kind of action that was refused, a word from a fixed set.
  package let kind: String
  package let count: Int64
  /// The time of the first refusal.
  package let since: Timestamp
  /// The time of the last refusal.
  package let until: Timestamp

  package init(
    userID: String, actor: String, kind: String, count: Int64, since: Timestamp, until: Timestamp
  ) {
    self.userID = userID
    self.actor = actor
    self.kind = kind
    self.count = count
    self.since = since
    self.until = until
  }
}
