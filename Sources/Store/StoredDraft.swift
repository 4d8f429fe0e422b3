package import Access

/// Changes that a user had pending on a page of the console when their session ended. No decision rests on it.
package struct StoredDraft: Hashable, Sendable {
  package let user: AccountID
  /// The page, as the console names it. Each page has at most one draft of a user.
  package let place: String
  /// The page as people know it, as in `Lists of Sales MX`.
  package let title: String
  package let at: Timestamp
  /// The pending changes, as the console wrote them: ids and names, never a secret.
  package let document: String

  package init(user: AccountID, place: String, title: String, at: Timestamp, document: String) {
    self.user = user
    self.place = place
    self.title = title
    self.at = at
    self.document = document
  }

  /// The greatest number of UTF-8 bytes in a document.
  package static let maximumDocumentBytes = 1_000_000
  /// The number of drafts that are kept for one user, the latest ones.
  package static let maximumCount = 20
}
