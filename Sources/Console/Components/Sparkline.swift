/// Numbers as bars of block elements. Terminals without block elements get ASCII characters for these, so the numbers
/// must always stand beside.
enum Sparkline {
  /// A number that is zero.
  static let none: Character = "·"
  /// An eighth of a cell to a whole cell.
  static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// One bar for each number, of which the greatest fills its cell. What is not zero never looks like zero.
  ///
  /// - Parameter columns: the cells of one bar.
  static func text(_ values: [Int], columns: Int = 1) -> String {
    let most = values.max() ?? 0
    return String(
      values.flatMap { value in
        let level = level(of: value, most: most, levels: blocks.count)
        return repeatElement(level == 0 ? none : blocks[level - 1], count: max(1, columns))
      })
  }

  /// The height of a number, from 0 for zero up to `levels` for the greatest.
  static func level(of value: Int, most: Int, levels: Int) -> Int {
    guard value > 0, most > 0 else { return 0 }
    let share = Double(value) / Double(most) * Double(levels)
    return max(1, min(levels, Int(share.rounded(.up))))
  }
}

/// Numbers as upright bars, one row of cells for each line.
struct BarChart: Hashable, Sendable {
  let values: [Int]
  let rows: Int
  /// The cells of one bar. One blank follows each.
  let barColumns: Int

  /// The lines of the bars, the top one first.
  var bars: [String] {
    let most = values.max() ?? 0
    let heights = values.map { Sparkline.level(of: $0, most: most, levels: rows * Sparkline.blocks.count) }
    return (0..<rows).map { row in
      joined(
        heights.map {
          cell(height: $0 - (rows - 1 - row) * Sparkline.blocks.count, isLowest: row == rows - 1)
        })
    }
  }

  private func cell(height: Int, isLowest: Bool) -> Character {
    if height <= 0 { return isLowest ? Sparkline.none : " " }
    return Sparkline.blocks[min(height, Sparkline.blocks.count) - 1]
  }

  private func joined(_ cells: [Character]) -> String {
    cells.map { String(repeating: $0, count: barColumns) }.joined(separator: " ")
  }

  /// The numbers, each below its bar.
  var numbers: String {
    values.map { Self.short($0, columns: barColumns).leftPadded(to: barColumns) }.joined(separator: " ")
  }

  /// A number in at most so many cells, rounded down where it is long, as in `12k`.
  static func short(_ value: Int, columns: Int) -> String {
    let units: [(size: Int, sign: String)] = [(1, ""), (1_000, "k"), (1_000_000, "M"), (1_000_000_000, "G")]
    let texts = units.filter { $0.size <= max(1, value) }.map { "\(value / $0.size)\($0.sign)" }
    return texts.first { $0.count <= columns } ?? "…"
  }
}
