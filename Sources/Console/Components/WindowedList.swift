package import Terminal

/// A list of any length, which holds a window of rows around the selection.
///
/// The list asks for rows by cursor when it needs more. When rows are read again, the selection stays on the
/// row with the same id.
package struct WindowedList<Row: ListRow>: Sendable {
  package typealias Request = ListRequest<Row.Cursor>

  package enum Message: Sendable {
    /// The mark of a recently changed row is removed.
    case unmark
    case up, down, pageUp, pageDown, halfPageUp, halfPageDown, first, last
    /// The wheel moved by this number of rows, up where it is negative.
    case scroll(Int)
    case select(Row.ID)
    /// A click on a cell of this row presses a key.
    case link(Row.ID, Key)
    /// A click on something else presses a key.
    case press(Key)
    case filter(FilterLine.Message)
    case loaded(Request, ListPage<Row>)
    /// The rows could not be read, and the screen has reported that.
    case failed(Request)
    case total(Int)
  }

  /// What the list's screen has to do after a message.
  package struct Reply: Sendable {
    /// Rows to read; the answer comes back as `.loaded`.
    package var request: Request?
    /// The key of the screen that a click presses.
    package var pressed: Key?
    /// Whether the text of the filter changed.
    package var isFiltered = false
    /// Whether some rows are marked as changed, so that the screen must unmark them in a moment.
    package var hasMarked = false
  }

  /// All columns of the list. ``columns`` are those that are shown.
  package private(set) var allColumns: [ListColumn<Row>]
  /// The ids of the columns that the person chose, in their order; nil for all.
  var arrangement: [String]?
  /// The text where there are no rows at all; a click on it presses Enter.
  package var emptyLine: String
  /// The order that the header shows.
  package var sorting: ListSorting?
  package let isFilterable: Bool
  /// The columns at the right end of the first line that the list leaves to its screen, for example for a
  /// button.
  package var reservedColumns = 0
  package internal(set) var filter: FilterLine
  package internal(set) var total: Int?
  package internal(set) var rows: [Row] = []
  /// Whether rows have arrived; false until the first ones have.
  package internal(set) var isLoaded = false

  /// The rows that other people or programs have just changed.
  var marked: Set<Row.ID> = []
  var hasBefore = false
  var hasAfter = false
  /// The number of rows before the window, where it is known.
  var offset: Int?
  /// The filter with which the rows were read.
  var rowsFilter = ""
  var selection = 0
  var top = 0
  /// The number of visible rows.
  var height = 20
  /// The number of rows by which to move once more rows have arrived.
  var pendingMove = 0
  var awaited: Request?
  var requestCount = 0

  package init(
    columns: [ListColumn<Row>], emptyLine: String, sorting: ListSorting? = nil, isFilterable: Bool = true,
    filterPlaceholder: String = "part of the name", isFilterOpen: Bool = false,
    filterText: String = ""
  ) {
    allColumns = columns
    self.emptyLine = emptyLine
    self.sorting = sorting
    self.isFilterable = isFilterable
    filter = FilterLine(placeholder: filterPlaceholder, isOpen: isFilterOpen, text: filterText)
  }

  /// The columns to show, in their order: the first column, then those that the person chose. Whoever sets them gives
  /// all columns.
  package var columns: [ListColumn<Row>] {
    get { arrangement.map { allColumns.arranged($0) } ?? allColumns }
    set { allColumns = newValue }
  }

  /// The selected row. It is nil where there is none, and while the rows for the present filter are still
  /// being read, because an action must not be done on a row of another filter.
  package var selected: Row? { isCurrent ? held : nil }
  /// Whether the held rows are those of the present filter.
  var isCurrent: Bool { rowsFilter == filter.text }
  /// The row under the mark, whatever its filter.
  var held: Row? { rows.indices.contains(selection) ? rows[selection] : nil }
  /// The rows on the screen.
  package var visibleRows: ArraySlice<Row> { rows.dropFirst(max(0, top)).prefix(height) }

  /// Whether there are no rows, even without a filter.
  package var isEmpty: Bool { isLoaded && rows.isEmpty && filter.text.isEmpty }
  /// Whether a key goes into the filter.
  package var isTyping: Bool { filter.isOpen }

  package mutating func update(_ message: Message) -> Reply {
    switch message {
    case .up: return move(by: -1)
    case .down: return move(by: 1)
    case .pageUp: return turn(by: -height)
    case .pageDown: return turn(by: height)
    case .halfPageUp: return turn(by: -max(1, height / 2))
    case .halfPageDown: return turn(by: max(1, height / 2))
    case .first: return goToFirst()
    case .last: return goToLast()
    case .scroll(let count): return scroll(by: count)
    case .select(let id): return select(id)
    case .link(let id, let key): return select(id, key)
    case .press(let key): return Reply(pressed: key)
    case .filter(let message): return refilter(message)
    case .loaded(let request, let page): return take(page, for: request)
    case .failed(let request):
      if request == awaited { awaited = nil }
      return Reply()
    case .unmark:
      marked = []
      return Reply()
    case .total(let count):
      total = count
      if !hasAfter { offset = max(0, count - rows.count) }
      return Reply()
    }
  }

  private mutating func refilter(_ message: FilterLine.Message) -> Reply {
    guard filter.update(message) else { return Reply() }
    var reply = restart()
    reply.isFiltered = true
    return reply
  }

  private mutating func select(_ id: Row.ID, _ key: Key? = nil) -> Reply {
    guard let index = rows.firstIndex(where: { $0.id == id }) else { return Reply() }
    pendingMove = 0
    selection = index
    return Reply(request: prefetch(), pressed: key)
  }
}
