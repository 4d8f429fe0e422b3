import Terminal

/// A table for people, whose columns are aligned by terminal cells. Rows can be added page by page; a column
/// widens where a later page needs it.
struct TextTable {
  struct Column {
    let title: String
    var alignsRight = false
  }

  private let output: Output
  private let columns: [Column]
  private var widths: [Int]
  /// Whether the titles were printed, or are not wanted.
  private var isBegun: Bool

  /// - Parameter hasHeader: whether the titles are printed.
  init(_ output: Output, _ columns: [Column], hasHeader: Bool = true) {
    self.output = output
    isBegun = !hasHeader
    self.columns = columns
    widths = columns.map { hasHeader ? cellWidth(of: $0.title) : 0 }
  }

  mutating func add(_ rows: [[String]]) throws {
    let rows = rows.map { $0.map(output.shown) }
    for row in rows {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], cellWidth(of: cell)) }
    }
    if !isBegun { try print(columns.map(\.title)) }
    isBegun = true
    for row in rows { try print(row) }
  }

  private func print(_ cells: [String]) throws {
    let line = cells.indices.map { padded(cells[$0], $0) }.joined(separator: "  ")
    try output.line(line.droppingTrailingSpaces)
  }

  private func padded(_ cell: String, _ index: Int) -> String {
    let blanks = String(repeating: " ", count: max(0, widths[index] - cellWidth(of: cell)))
    return columns[index].alignsRight ? blanks + cell : cell + blanks
  }
}

extension String {
  fileprivate var droppingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension Output {
  /// Prints a thing field by field. An empty value is shown as `–`.
  func fields(_ fields: [(title: String, value: String)]) throws {
    let width = fields.map { cellWidth(of: $0.title) }.max() ?? 0
    for (title, value) in fields {
      let blanks = String(repeating: " ", count: width - cellWidth(of: title))
      try line(title + blanks + "  " + (value.isEmpty ? "–" : shown(value)))
    }
  }
}
