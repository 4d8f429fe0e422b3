package import Access

/// What can be told about a store without upgrading it. Nothing is changed.
package struct StoreOutline: Hashable, Sendable {
  package let version: Int
  package let known: Int
  /// The steps that opening the store would take, each with its number and what it brings.
  package let pending: [String]
  package let store: StoreID?
  package let byteCount: Int
  package let freeByteCount: Int?
  /// Whether an upgrade first copies the store beside itself.
  package let copiesFirst: Bool
  /// The time of the last backup.
  package let lastBackupAt: Timestamp?
  /// The other processes that have the store open, as in `ops (popsec, process 1234)`.
  package let users: [String]

  package init(
    version: Int, known: Int, pending: [String], store: StoreID?, byteCount: Int, freeByteCount: Int?,
    copiesFirst: Bool, lastBackupAt: Timestamp?, users: [String]
  ) {
    (self.version, self.known, self.pending, self.store) = (version, known, pending, store)
    (self.byteCount, self.freeByteCount) = (byteCount, freeByteCount)
    (self.copiesFirst, self.lastBackupAt, self.users) = (copiesFirst, lastBackupAt, users)
  }
}
