import Access
import Administration
import Store

extension Page<AccountRow> {
  /// The same rows, with when each user was seen last.
  func withPresence(_ reader: any SecurityReader, now: Timestamp) throws -> Page {
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
