package import Terminal

/// A list of any length, of which a window of rows around the selection is held.
///
/// It asks for rows by cursor where it needs more, and keeps the selection by the row's id
/// when they are read again.
package struct WindowedList<Row: ListRow>: Sendable {
  package typealias Request = ListRequest<Row.Cursor>

  package enum Message: Sendable {
    /// What was changed a moment ago is no news any more.
    case unmark
    case up, down, pageUp, pageDown, halfPageUp, halfPageDown, first, last
    /// Rows down, or up where negative; the wheel.
    case scroll(Int)
    case select(Row.ID)
    /// A click on a cell of that row that presses a key.
    case link(Row.ID, Key)
    /// A click on something else that presses a key.
    case press(Key)
    case filter(FilterLine.Message)
    case loaded(Request, ListPage<Row>)
    /// The rows could not be read; the screen has said so.
    case failed(Request)
    case total(Int)
  }

  /// What its screen has to do after a message.
  package struct Reply: Sendable {
    /// Rows to read; the answer comes back as `.loaded`.
    package var request: Request?
    /// A click presses this key of the screen's.
    package var pressed: Key?
    /// The text of the filter is another now.
    package var isFiltered = false
    /// Some rows are marked as changed; to be unmarked in a moment.
    package var hasMarked = false
  }

  package var columns: [ListColumn<Row>]
  /// What is said where there are no rows at all; a click on it presses Enter.
  package var emptyLine: String
  /// Shown in the header.
  package var sorting: ListSorting?
  package let isFilterable: Bool
  /// Columns at the right end of the first line that are left to its screen, such as for a button.
  package var reservedColumns = 0
  package internal(set) var filter: FilterLine
  package internal(set) var total: Int?
  package internal(set) var rows: [Row] = []
  /// False until the first rows have come.
  package internal(set) var isLoaded = false

  /// Rows that were changed by other hands a moment ago.
  var marked: Set<Row.ID> = []
  var hasBefore = false
  var hasAfter = false
  /// How many rows precede the window, where that is known.
  var offset: Int?
  /// The filter that the rows were read by.
  var rowsFilter = ""
  var selection = 0
  var top = 0
  /// Rows that are visible.
  var height = 20
  /// The rows to go on moving by, once they have come.
  var pendingMove = 0
  var awaited: Request?
  var requestCount = 0

  package init(
    columns: [ListColumn<Row>], emptyLine: String, sorting: ListSorting? = nil, isFilterable: Bool = true,
    filterPlaceholder: String = "part of the name", isFilterOpen: Bool = false,
    filterText: String = ""
  ) {
    self.columns = columns
    self.emptyLine = emptyLine
    self.sorting = sorting
    self.isFilterable = isFilterable
    filter = FilterLine(placeholder: filterPlaceholder, isOpen: isFilterOpen, text: filterText)
  }

  /// The row that is selected; nil where there is none, or where the rows that match the filter
  /// as it is now are still to come: nothing must be done with a row of another filter.
  package var selected: Row? { isCurrent ? held : nil }
  /// Whether the rows that are held are those of the filter as it is now.
  var isCurrent: Bool { rowsFilter == filter.text }
  /// The row under the mark, of whatever filter.
  var held: Row? { rows.indices.contains(selection) ? rows[selection] : nil }
  /// Those on the screen.
  package var visibleRows: ArraySlice<Row> { rows.dropFirst(max(0, top)).prefix(height) }

  /// There are no rows, whatever the filter.
  package var isEmpty: Bool { isLoaded && rows.isEmpty && filter.text.isEmpty }
  /// A key goes into the filter.
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
