package import Terminal

/// A column of a list.
package struct ListColumn<Row: Sendable>: Sendable {
  package enum Width: Hashable, Sendable {
    case fixed(Int)
    /// The column takes a share of the remaining width by its weight, but never less than `least`.
    case flexible(least: Int, weight: Int = 1)
  }
  package enum Alignment: Hashable, Sendable { case left, right }

  package let id: String
  package let title: String
  package let width: Width
  /// Where there is no room, columns with the highest number are left out first; a column with 0 always
  /// stays.
  package let priority: Int
  package let alignment: Alignment
  /// The key that a click on the cell presses after it selected the row; nil where the click only selects. A
  /// cell with a link is underlined.
  package let link: Key?
  /// The key that a click on the title presses, for example to sort by the column.
  package let titleKey: Key?
  /// Whether a row counts as changed where this cell changed.
  package let isWatched: Bool
  package let cell: @Sendable (Row) -> ListCell
  /// The cell for a room of so many columns; nil where the cell is the same for every room.
  package private(set) var fitted: (@Sendable (Row, _ columns: Int) -> ListCell)?

  package init(
    _ id: String, _ title: String, width: Width, priority: Int = 0, alignment: Alignment = .left,
    link: Key? = nil, titleKey: Key? = nil, isWatched: Bool = true,
    cell: @escaping @Sendable (Row) -> ListCell
  ) {
    self.id = id
    self.title = title
    self.width = width
    self.priority = priority
    self.alignment = alignment
    self.link = link
    self.titleKey = titleKey
    self.isWatched = isWatched
    self.cell = cell
  }

  /// Makes a column whose cells say less where there is little room.
  package init(
    _ id: String, _ title: String, width: Width, priority: Int = 0,
    fitting cell: @escaping @Sendable (Row, _ columns: Int) -> ListCell
  ) {
    self.init(id, title, width: width, priority: priority) { cell($0, .max) }
    fitted = cell
  }

  /// The link that edits a row as Enter does.
  static var edit: ListColumn {
    ListColumn("edit", "", width: .fixed(4), link: .enter) { _ in ListCell("Edit", Style(.accent)) }
  }

  var least: Int {
    switch width {
    case .fixed(let columns), .flexible(let columns, _): columns
    }
  }
}

extension Array {
  /// The column by which people know the rows, and which always stays: the one with the name, or else the first one.
  func naming<Row>() -> ListColumn<Row>? where Element == ListColumn<Row> {
    first { $0.id == "name" } ?? first
  }

  /// The columns with these ids, in the order of the ids, after the one by which people know the rows. Ids of columns
  /// that are not there now are left out.
  func arranged<Row>(_ ids: [String]) -> [ListColumn<Row>] where Element == ListColumn<Row> {
    guard let name = naming() else { return [] }
    let chosen = ids.compactMap { id in self.first { $0.id == id } }
    return [name] + chosen.filter { $0.id != name.id }
  }
}

/// The text of a cell, and its tone. The tone never says more than the text.
package struct ListCell: Hashable, Sendable, ExpressibleByStringInterpolation {
  package var text: String
  package var style: Style

  package init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }

  package init(stringLiteral text: String) { self.init(text) }
}

/// The column by which a list is ordered, as its header shows it.
package struct ListSorting: Hashable, Sendable {
  package var column: String
  package var isDescending: Bool
  /// The name of the order, as in `next expiry`, which is shown where the column isn't.
  package var title: String

  package init(_ column: String, isDescending: Bool = false, title: String = "") {
    self.column = column
    self.isDescending = isDescending
    self.title = title
  }

  var mark: String { isDescending ? "▼" : "▲" }
}

/// The places of the columns in a given width.
struct ColumnLayout: Hashable {
  struct Slot: Hashable {
    var column: Int
    var offset: Int
    var columns: Int
  }

  static let gap = 2

  /// Whether a column is shown.
  func shows<Row>(_ id: String, of columns: [ListColumn<Row>]) -> Bool {
    slots.contains { columns[$0.column].id == id }
  }

  let slots: [Slot]

  init<Row>(_ columns: [ListColumn<Row>], width: Int) {
    var kept = Array(columns.enumerated())
    while Self.least(kept.map(\.element)) > width,
      let worst = kept.map(\.element.priority).max(), worst > 0,
      let index = kept.lastIndex(where: { $0.element.priority == worst })
    {
      kept.remove(at: index)
    }
    slots = Self.place(kept.map { ($0.offset, $0.element) }, width: width)
  }

  private static func least<Row>(_ columns: [ListColumn<Row>]) -> Int {
    columns.reduce(0) { $0 + $1.least } + gap * max(0, columns.count - 1)
  }

  private static func place<Row>(_ kept: [(Int, ListColumn<Row>)], width: Int) -> [Slot] {
    var spare = max(0, width - least(kept.map(\.1)))
    var weights = kept.reduce(0) { $0 + weight($1.1) }
    var offset = 0
    return kept.map { index, column in
      let weight = weight(column)
      let share = weight == 0 ? 0 : spare * weight / weights
      weights -= weight
      spare -= share
      defer { offset += column.least + share + gap }
      return Slot(column: index, offset: offset, columns: column.least + share)
    }
  }

  private static func weight<Row>(_ column: ListColumn<Row>) -> Int {
    if case .flexible(_, let weight) = column.width { weight } else { 0 }
  }
}
