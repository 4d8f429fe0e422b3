import Access
import Administration
import Store

/// A line of the list of what one subject has and another has not.
struct DifferenceLine: Hashable, Sendable {
  let text: String
  let isHeading: Bool

  init(_ text: String, isHeading: Bool) { (self.text, self.isHeading) = (text, isHeading) }

  /// What differs on a connector: what only the first one has, then what only the second one has.
  static func lines(_ content: MatrixContent, _ grid: MatrixGrid) -> [DifferenceLine] {
    guard let difference = grid.difference else { return [] }
    let parts = difference.parts(in: grid.catalogue.whole)
    if parts.isEmpty { return [DifferenceLine("Both have the same on this connector", isHeading: false)] }
    let words = DifferenceWords(grid.catalogue)
    let groups = zip(content.titles, [parts.onlyFirst, parts.onlySecond]).map { title, parts in
      [DifferenceLine("Only \(title)", isHeading: true)]
        + (parts.isEmpty ? ["nothing"] : parts.map { words.text($0) })
        .map { DifferenceLine("  " + $0, isHeading: false) }
    }
    return Array(groups.joined(separator: [DifferenceLine("", isHeading: false)]))
  }
}
