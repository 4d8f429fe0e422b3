import Access
import Administration
import Terminal

extension Overview {
  /// The columns of a number, and of the words before it.
  private static let countColumns = 9
  private var titleColumns: Int { (figures.map(\.title.count).max() ?? 0) + 1 }

  /// Draws all that has room.
  func draw<M: Sendable>(
    _ layout: OverviewLayout, selected: Int?, on frame: inout Frame<M>, press: (Int) -> M
  ) {
    for (index, row) in layout.figures.enumerated() {
      draw(figures[index], in: row, isSelected: index == selected, on: &frame)
      frame.clickable(row, press(index))
    }
    if let rect = layout.weeks { drawWeeks(in: rect, on: &frame) }
    if let rect = layout.hours { drawHours(in: rect, on: &frame) }
  }

  private func draw<M: Sendable>(
    _ figure: OverviewFigure, in row: Rect, isSelected: Bool, on frame: inout Frame<M>
  ) {
    frame.put(isSelected ? "▸" : " ", in: row, style: Style(.accent, .bold))
    frame.put(figure.key.label, column: row.column + 2, row: row.row, style: Style(.accent, .bold))
    let title = row.splitLeft(4).rest
    frame.put(" \(figure.title) ", in: title)
    let (count, note) = title.splitLeft(titleColumns).rest.splitLeft(Self.countColumns)
    let words = words(of: figure)
    frame.put(words.count.leftPadded(to: Self.countColumns), in: count, style: .bold)
    frame.put(words.note.text, in: note.splitLeft(2).rest, style: words.note.style)
    if isSelected { frame.select(row, cursor: Point(column: title.column + 1, row: title.row)) }
  }

  /// A number and what is told beside it.
  private func words(of figure: OverviewFigure) -> (count: String, note: ListCell) {
    switch counts[figure.key] {
    case nil: ("…", ListCell(""))
    case .success(let found): (found.count?.grouped ?? "?", ListCell(found.note, .muted))
    case .failure(let problem): ("?", ListCell(problem.message, Style(.warning)))
    }
  }

  // MARK: Charts

  private func drawWeeks<M: Sendable>(in rect: Rect, on frame: inout Frame<M>) {
    let title = "Tokens that end, week by week"
    let weeks: [OverviewCharts.Week]
    switch charts?.weeks {
    case nil: return frame.putLines([ListCell(title + ": …", .muted)], in: rect)
    case .failure(let problem): return frame.putLines([Self.trouble(title, problem)], in: rect)
    case .success(let known): weeks = known
    }
    let columns = max(4, min(8, rect.columns / weeks.count))
    let chart = BarChart(values: weeks.map(\.count), rows: rect.rows - 3, barColumns: columns - 1)
    let sum = weeks.reduce(0) { $0 + $1.count }
    let head = ListCell("\(title): \(sum.grouped) in \(weeks.count) weeks", .muted)
    let days = stride(from: 0, to: weeks.count, by: 2).map {
      Self.day(clock.date(weeks[$0].start)).padded(to: 2 * columns)
    }
    frame.putLines(
      [head] + chart.bars.map { ListCell($0, Style(.accent)) } + [
        ListCell(chart.numbers), ListCell(days.joined().trimmedAtEnd, .muted),
      ], in: rect)
  }

  private func drawHours<M: Sendable>(in rect: Rect, on frame: inout Frame<M>) {
    let title = "What gates decided, the last 24 hours"
    let sums: [TimedSum]
    switch charts?.hours {
    case nil: return frame.putLines([ListCell(title + ": …", .muted)], in: rect)
    case .failure(let problem): return frame.putLines([Self.trouble(title, problem)], in: rect)
    case .success(nil):
      return frame.putLines([ListCell("\(title): \(OverviewCharts.uncounted)", .muted)], in: rect)
    case .success(let known?): sums = known.map { $0 }
    }
    frame.putLines(
      [
        ListCell("\(title), to \(clock.minute(clock.now).suffix(5)) \(clock.zoneName(at: clock.now))", .muted)
      ], in: rect)
    let total = sums.reduce(DecisionSum.none) { $0 + $1.sum }
    let lines = [
      ("allowed", sums.map(\.sum.allowed), total.allowed, Style(.good)),
      ("denied", sums.map(\.sum.denied), total.denied, Style(.danger)),
    ]
    for (offset, line) in lines.enumerated() {
      let row = rect.splitTop(offset + 1).rest.splitTop(1).top
      frame.put(line.0, in: row)
      let bars = row.splitLeft(9).rest
      let used = frame.put(
        Sparkline.text(line.1, columns: rect.columns >= 100 ? 2 : 1), in: bars, style: line.3)
      frame.put(line.2.grouped.leftPadded(to: Self.countColumns), in: bars.splitLeft(used).rest, style: .bold)
    }
  }

  /// A day without its year: the year is the only one in which the day lies ahead.
  private static func day(_ date: String) -> String {
    date.split(separator: " ").prefix(2).joined(separator: " ")
  }

  private static func trouble(_ title: String, _ problem: Problem) -> ListCell {
    ListCell("\(title): \(problem.message)", Style(.warning))
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmedAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
