/// A row of a ``WindowedList``.
package protocol ListRow: Sendable {
  associatedtype ID: Hashable, Sendable
  associatedtype Cursor: Hashable, Sendable
  /// What it stays the same row by, when its contents change.
  var id: ID { get }
  /// Its place in the order of the list.
  var cursor: Cursor { get }
}

/// Which rows a list wants.
package enum ListPosition<Cursor: Hashable & Sendable>: Hashable, Sendable {
  case first, last
  /// Those right after, or right before, a row that need not exist any more.
  case after(Cursor)
  case before(Cursor)
}

/// Some successive rows of a longer list.
package struct ListPage<Row: ListRow>: Sendable {
  package var rows: [Row]
  /// Whether there are rows before the first or after the last of these.
  package var hasBefore: Bool
  package var hasAfter: Bool
  /// Which of the rows was asked for, or would be in its place; or which a list that is new starts on.
  package var focus: Int?

  package init(rows: [Row], hasBefore: Bool, hasAfter: Bool, focus: Int? = nil) {
    self.rows = rows
    self.hasBefore = hasBefore
    self.hasAfter = hasAfter
    self.focus = focus
  }
}

/// What a list asks its screen to read. The answer goes back as `.loaded(request, page)`.
///
/// Only the latest request of a list counts: run it with `cancelling:` and one key.
package struct ListRequest<Cursor: Hashable & Sendable>: Hashable, Sendable {
  enum Wanted: Hashable, Sendable {
    case page(ListPosition<Cursor>)
    /// The rows around one that need not exist any more.
    case around(Cursor)
  }

  enum Purpose: Hashable, Sendable {
    /// More rows beside those that are held.
    case extend
    /// Other rows; the one asked for is selected.
    case jump
    /// The same rows again; the same one is selected, or the one now in its place.
    case reload
    /// Other rows by another filter or order; the same one is selected, or the first.
    case restart
  }

  let wanted: Wanted
  let purpose: Purpose
  package let limit: Int
  /// Counts the requests of one list.
  let number: Int
  /// The text that the rows must match; empty for all.
  package let filter: String

  /// Reads what is wanted by a function that reads one page.
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
