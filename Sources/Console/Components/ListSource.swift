/// A row of a ``WindowedList``.
package protocol ListRow: Sendable {
  associatedtype ID: Hashable, Sendable
  associatedtype Cursor: Hashable, Sendable
  /// The identity of the row, which stays the same when the row's contents change.
  var id: ID { get }
  /// The place of the row in the order of the list.
  var cursor: Cursor { get }
}

/// The rows that a list asks for.
package enum ListPosition<Cursor: Hashable & Sendable>: Hashable, Sendable {
  case first, last
  /// The rows right after, or right before, a row that need not exist any more.
  case after(Cursor)
  case before(Cursor)
}

/// Some successive rows of a longer list.
package struct ListPage<Row: ListRow>: Sendable {
  package var rows: [Row]
  /// Whether the list has rows before the first or after the last of these.
  package var hasBefore: Bool
  package var hasAfter: Bool
  /// The index of the row that was asked for, or of the row in its place. In a new list it is the row on
  /// which the list starts.
  package var focus: Int?
  /// What is wrong with the filter, so that there are no rows for it.
  package var notice: String?

  package init(
    rows: [Row], hasBefore: Bool, hasAfter: Bool, focus: Int? = nil, notice: String? = nil
  ) {
    self.notice = notice
    self.rows = rows
    self.hasBefore = hasBefore
    self.hasAfter = hasAfter
    self.focus = focus
  }
}

/// A request of a list to its screen, to read rows. The answer goes back as `.loaded(request, page)`.
///
/// Only the latest request of a list counts, so run it with `cancelling:` and always the same key.
package struct ListRequest<Cursor: Hashable & Sendable>: Hashable, Sendable {
  enum Wanted: Hashable, Sendable {
    case page(ListPosition<Cursor>)
    /// The rows around a row that need not exist any more.
    case around(Cursor)
  }

  enum Purpose: Hashable, Sendable {
    /// The list needs more rows beside those that it holds.
    case extend
    /// The list needs other rows, and selects the row that it asks for.
    case jump
    /// The list reads its rows again, and selects the same row or the one in its place.
    case reload
    /// The filter or the order changed. The list selects the same row, or the first.
    case restart
  }

  let wanted: Wanted
  let purpose: Purpose
  package let limit: Int
  /// The number of the request among those of its list.
  let number: Int
  /// The text that the rows must match; empty for all rows.
  package let filter: String

  /// Reads the wanted rows with a function that reads one page.
  package func page<Row: ListRow>(
    _ read: (ListPosition<Cursor>, _ limit: Int) throws -> ListPage<Row>
  ) rethrows -> ListPage<Row> where Row.Cursor == Cursor {
    switch wanted {
    case .page(let position): return try read(position, limit)
    case .around(let cursor):
      let before = try read(.before(cursor), limit / 2)
      let after = try read(before.rows.last.map { .after($0.cursor) } ?? .first, limit / 2)
      return ListPage(
        rows: before.rows + after.rows, hasBefore: before.hasBefore, hasAfter: after.hasAfter,
        focus: before.rows.count)
    }
  }
}
