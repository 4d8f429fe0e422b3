import Access
import Administration
import Store

extension Page<AccountRow> {
  /// The same rows with what lists of this kind tell besides.
  func completed(_ kind: AccountKind, _ reader: any SecurityReader, _ context: ConsoleContext) throws -> Page
  {
    switch kind {
    case .user: try withPresence(reader, now: context.now)
    case .apiUser:
      Page(
        rows: try context.administration.withUses(rows, reader), hasBefore: hasBefore, hasAfter: hasAfter)
    }
  }

  /// The same rows with the time at which each user was last seen.
  private func withPresence(_ reader: any SecurityReader, now: Timestamp) throws -> Page {
    let since = now.adding(seconds: -Administration.absentAfterSeconds)
    let rows = try rows.map { row in
      var row = row
      row.lastSeen = try reader.lastSeen(row.account.id).map {
        LastSeen(at: $0.seenAt, isHere: $0.isOpen && $0.seenAt >= since)
      }
      return row
    }
    return Page(rows: rows, hasBefore: hasBefore, hasAfter: hasAfter)
  }
}
