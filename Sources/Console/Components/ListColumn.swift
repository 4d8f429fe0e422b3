internal import Access
package import Terminal

/// A column of a list.
package struct ListColumn<Row: Sendable>: Sendable {
  package enum Width: Hashable, Sendable {
    case fixed(Int)
    /// The column takes a share of the remaining width by its weight, but never less than `least`.
    case flexible(least: Int, weight: Int = 1)
  }
  /// The priority from which on a column only appears where the name has the width that it wants.
  package static var extraPriority: Int { 10 }
  package enum Alignment: Hashable, Sendable { case left, right }

  package let id: String
  package let title: String
  package let width: Width
  /// Where there is no room, columns with the highest number are left out first; a column with 0 always
  /// stays. Columns from ``extraPriority`` on only appear in wide windows.
  package let priority: Int
  package let alignment: Alignment
  /// The key that a click on the cell presses after it selected the row; nil where the click only selects.
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

  /// The link that opens a row as Enter does. It says whether the person may change what is opened.
  static func opening(_ verb: @escaping @Sendable (Row) -> OpeningVerb) -> ListColumn {
    ListColumn("edit", "", width: .fixed(4), link: .enter) { ListCell(verb($0).rawValue.uppercasingFirst) }
  }

  var least: Int {
    switch width {
    case .fixed(let columns), .flexible(let columns, _): columns
    }
  }
}

/// The word for opening a thing: who may not change the thing is shown it.
package enum OpeningVerb: String, Hashable, Sendable {
  case edit, show
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

  /// The width up to which the first column, the name, takes all spare room: a quarter of the list.
  private static func wantedNameColumns(in width: Int) -> Int { min(40, width / 4) }

  let slots: [Slot]

  init<Row>(_ columns: [ListColumn<Row>], width: Int) {
    var kept = Array(columns.enumerated())
    while let worst = kept.map(\.element.priority).max(), worst > 0,
      Self.needed(kept.map(\.element), worst: worst, in: width) > width,
      let index = kept.lastIndex(where: { $0.element.priority == worst })
    {
      kept.remove(at: index)
    }
    slots = Self.place(kept.map { ($0.offset, $0.element) }, width: width)
  }

  /// The width from which on a column of this priority is shown: an extra column only appears where the name has
  /// the width that it wants.
  private static func needed<Row>(_ columns: [ListColumn<Row>], worst: Int, in width: Int) -> Int {
    least(columns) + (worst >= ListColumn<Row>.extraPriority ? wished(columns.first, in: width) : 0)
  }

  private static func least<Row>(_ columns: [ListColumn<Row>]) -> Int {
    columns.reduce(0) { $0 + $1.least } + gap * max(0, columns.count - 1)
  }

  /// The room that a flexible first column takes before the others get any.
  private static func wished<Row>(_ column: ListColumn<Row>?, in width: Int) -> Int {
    guard let column, weight(column) > 0 else { return 0 }
    return max(0, wantedNameColumns(in: width) - column.least)
  }

  private static func place<Row>(_ kept: [(Int, ListColumn<Row>)], width: Int) -> [Slot] {
    var spare = max(0, width - least(kept.map(\.1)))
    let first = min(spare, wished(kept.first?.1, in: width))
    spare -= first
    var weights = kept.reduce(0) { $0 + weight($1.1) }
    var offset = 0
    return kept.enumerated().map { place, entry in
      let (index, column) = entry
      let weight = weight(column)
      let share = weight == 0 ? 0 : spare * weight / weights
      weights -= weight
      spare -= share
      let columns = column.least + share + (place == 0 ? first : 0)
      defer { offset += columns + gap }
      return Slot(column: index, offset: offset, columns: columns)
    }
  }

  private static func weight<Row>(_ column: ListColumn<Row>) -> Int {
    if case .flexible(_, let weight) = column.width { weight } else { 0 }
  }
}
