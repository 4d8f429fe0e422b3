import Terminal

/// What of the overview has room, and where. Numbers go first, then the decisions of a day, then the weeks to come.
struct OverviewLayout: Hashable, Sendable {
  /// One row for each number that has room.
  let figures: [Rect]
  /// The decisions of a day; nil where there is no room.
  private(set) var hours: Rect?
  /// The chart of ends; nil where there is no room.
  private(set) var weeks: Rect?

  private static let hourRows = 3
  /// A title, two rows of bars, the numbers and the days.
  private static let leastWeekRows = 5
  private static let mostWeekRows = 11
  private static let leastColumns = 60

  init(in area: Rect, figureCount: Int) {
    let shown = min(figureCount, area.rows)
    figures = (0..<shown).map {
      Rect(column: area.column, row: area.row + $0, columns: area.columns, rows: 1)
    }
    // A blank row below the numbers gives way where both charts just fit, as at 80x24.
    let isTight = area.rows - shown == Self.hourRows + Self.leastWeekRows
    let rest = area.splitTop(isTight ? shown : shown + 1).rest
    guard shown == figureCount, area.columns >= Self.leastColumns, rest.rows >= Self.hourRows else { return }
    let spare = rest.rows - Self.hourRows
    guard spare >= Self.leastWeekRows else {
      hours = rest.splitTop(Self.hourRows).top
      return
    }
    // A blank row stands between the two where there is one.
    let weekRows = min(Self.mostWeekRows, max(Self.leastWeekRows, spare - 1))
    let (weeks, below) = rest.splitTop(weekRows)
    self.weeks = weeks
    hours = below.splitTop(spare > weekRows ? 1 : 0).rest.splitTop(Self.hourRows).top
  }
}
