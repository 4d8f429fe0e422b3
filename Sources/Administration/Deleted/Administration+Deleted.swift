package import Access
package import Store

/// A deleted thing, and how long it is still kept.
package struct DeletedItem: Hashable, Sendable {
  package let row: DeletedRow
  /// The person who deleted the thing; nil where that is not known, or where the operator may not know it.
  package let deletedBy: String?
  /// The whole days until the thing is purged, rounded up; 0 where any change may purge it.
  package let daysLeft: Int
}

extension Administration {
  /// A window over the deleted things, the latest deletion first.
  ///
  /// Errors: ``AdministrationError``, ``StoreError``.
  package func deleted(
    _ query: DeletedQuery, _ position: PagePosition<DeletedCursor>, limit: Int
  ) throws -> Page<DeletedItem> {
    try read(.useCase(.securityRead)) { reader in
      let page = try reader.deleted(query, position, limit: limit)
      return Page(
        rows: try page.rows.map { try item($0, reader) }, hasBefore: page.hasBefore, hasAfter: page.hasAfter)
    }
  }

  package func deletedCount(_ query: DeletedQuery) throws -> Int {
    try read(.useCase(.securityRead)) { try $0.deletedCount(query) }
  }

  /// The deleted things of this kind and name, the latest deletion first.
  package func deleted(_ kind: DeletedKind, named name: Name) throws -> [DeletedItem] {
    try read(.useCase(.securityRead)) { reader in
      try reader.deleted(kind, named: NameKey(name), limit: 100).map { try item($0, reader) }
    }
  }

  /// The deleted thing; nil where it isn't deleted.
  package func deleted(_ thing: DeletedThing) throws -> DeletedItem? {
    try read(.useCase(.securityRead)) { reader in try reader.deleted(thing).map { try item($0, reader) } }
  }

  private func item(_ row: DeletedRow, _ reader: any StoreReader) throws -> DeletedItem {
    let end = row.deletedAt.adding(days: try reader.retentionDays())
    let left = end.secondsSince1970 - now.secondsSince1970
    return DeletedItem(
      row: row, deletedBy: may(.auditRead) ? try reader.deleter(of: row) : nil,
      daysLeft: Int(max(0, (left + 86_399) / 86_400)))
  }
}
