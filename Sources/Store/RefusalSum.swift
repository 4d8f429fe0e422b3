package import Access

/// Refusals of one operator and kind that have no audit row of their own, and wait to be summed up in one.
package struct RefusalSum: Hashable, Sendable {
  /// The operator's user id as text; empty for one without a user.
  package let userID: String
  package let actor: String
  /// What was refused, in one of some words.
  package let kind: String
  package let count: Int64
  /// When the first of them was refused.
  package let since: Timestamp
  /// When the last of them was refused.
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
