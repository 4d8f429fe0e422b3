/// The cells of a row that must be sent to the terminal again.
package enum RowChange {
  /// The range from the first to the last changed cell among the first `columns` cells; nil where no cell
  /// changed. The range is widened so that it cuts no wide glyph, old or new. Without an old canvas all cells
  /// count as changed.
  package static func range(of row: Int, in new: Canvas, over old: Canvas?, columns: Int) -> Range<Int>? {
    let width = min(columns, new.size.columns)
    guard width > 0, row < new.size.rows else { return nil }
    guard let old, old.size == new.size else { return 0..<width }
    let base = row * new.size.columns
    return new.cells.withUnsafeBufferPointer { new in
      old.cells.withUnsafeBufferPointer { old in
        var first = 0
        while first < width, new[base + first] == old[base + first] { first += 1 }
        guard first < width else { return nil }
        var end = width
        while new[base + end - 1] == old[base + end - 1] { end -= 1 }
        let isHalf = { (column: Int) in new[base + column].width == 0 || old[base + column].width == 0 }
        while first > 0, isHalf(first) { first -= 1 }
        while end < width, isHalf(end) { end += 1 }
        return first..<end
      }
    }
  }
}
