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

  /// The cell of a row in a room of so many columns.
  func cell(_ row: Row, columns: Int) -> ListCell { fitted?(row, columns) ?? cell(row) }

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

  /// What the layout needs to know of a column.
  private struct Wish {
    let column: Int
    let least: Int
    let weight: Int
    let priority: Int
    let isExtra: Bool
  }

  init<Row>(_ columns: [ListColumn<Row>], width: Int) {
    var kept = columns.indices.map { index in
      Wish(
        column: index, least: columns[index].least, weight: columns[index].weight,
        priority: columns[index].priority, isExtra: columns[index].priority >= ListColumn<Row>.extraPriority)
    }
    while let worst = Self.worst(kept), Self.needed(kept, worst: kept[worst], in: width) > width {
      kept.remove(at: worst)
    }
    slots = Self.place(kept, width: width)
  }

  /// The last one of the columns that are left out first; nil where all of them always stay.
  private static func worst(_ columns: [Wish]) -> Int? {
    guard let priority = columns.lazy.map(\.priority).max(), priority > 0 else { return nil }
    return columns.lastIndex { $0.priority == priority }
  }

  /// The width from which on a column is shown: an extra column only appears where the name has the width that it
  /// wants.
  private static func needed(_ columns: [Wish], worst: Wish, in width: Int) -> Int {
    least(columns) + (worst.isExtra ? wished(columns.first, in: width) : 0)
  }

  private static func least(_ columns: [Wish]) -> Int {
    columns.reduce(0) { $0 + $1.least } + gap * max(0, columns.count - 1)
  }

  /// The room that a flexible first column takes before the others get any.
  private static func wished(_ column: Wish?, in width: Int) -> Int {
    guard let column, column.weight > 0 else { return 0 }
    return max(0, wantedNameColumns(in: width) - column.least)
  }

  private static func place(_ kept: [Wish], width: Int) -> [Slot] {
    var spare = max(0, width - least(kept))
    let first = min(spare, wished(kept.first, in: width))
    spare -= first
    var weights = kept.reduce(0) { $0 + $1.weight }
    var offset = 0
    return kept.indices.map { place in
      let wish = kept[place]
      let share = wish.weight == 0 ? 0 : spare * wish.weight / weights
      weights -= wish.weight
      spare -= share
      let columns = wish.least + share + (place == 0 ? first : 0)
      defer { offset += columns + gap }
      return Slot(column: wish.column, offset: offset, columns: columns)
    }
  }
}

extension ListColumn {
  fileprivate var weight: Int { if case .flexible(_, let weight) = width { weight } else { 0 } }
}
