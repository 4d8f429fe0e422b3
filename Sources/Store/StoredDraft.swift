package import Access

/// Changes that a user had pending on a page of the console when their session ended. No decision rests on it.
package struct StoredDraft: Hashable, Sendable {
  package let user: AccountID
  /// The page, as the console names it. Of a user's drafts each has another.
  package let place: String
  /// The page as people know it, as in `Lists of Sales MX`.
  package let title: String
  package let at: Timestamp
  /// What is pending, as the console wrote it: ids and names, never a secret.
  package let document: String

  package init(user: AccountID, place: String, title: String, at: Timestamp, document: String) {
    self.user = user
    self.place = place
    self.title = title
    self.at = at
    self.document = document
  }

  /// Bytes of UTF-8 that a document may have.
  package static let maximumDocumentBytes = 1_000_000
  /// Drafts that are kept of a user: the latest.
  package static let maximumCount = 20
}
