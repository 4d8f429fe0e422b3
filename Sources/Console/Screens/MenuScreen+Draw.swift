import Access
import Terminal

extension MenuScreen {
  func area(in bounds: Rect) -> Rect {
    bounds.inset(columns: 2, rows: entries.count > bounds.rows - 2 ? 0 : 1)
  }

  func draw(on frame: inout Frame<Message>) {
    let entries = entries
    let area = area(in: frame.bounds)
    // The numbers of the overview are on the screen only below all entries.
    let first = max(0, min(selection, entries.count - 1) - area.rows + 1)
    frame.wheel(frame.bounds, up: .up, down: .down)
    if entries.isEmpty { frame.put("Nothing here is yours to see", in: area, style: .muted) }
    let width = (entries.map(\.title.count).max() ?? 0) + 4
    for (index, entry) in entries.enumerated().dropFirst(first).prefix(area.rows) {
      let row = Rect(column: area.column, row: area.row + index - first, columns: area.columns, rows: 1)
      draw(entry, index, in: row, titleColumns: width, on: &frame)
      frame.clickable(row, .choose(index))
    }
    if let overview, let layout = overviewLayout {
      let selected = selection >= entries.count ? selection - entries.count : nil
      overview.draw(layout, selected: selected, on: &frame) { .open($0) }
    }
  }

  private func draw(
    _ entry: MenuEntry, _ index: Int, in row: Rect, titleColumns: Int, on frame: inout Frame<Message>
  ) {
    let isSelected = index == selection
    frame.put(isSelected ? "▸" : " ", in: row, style: Style(.accent, .bold))
    let id = KeyBinding<Message>.id(of: entry.title)
    let key = pageName.flatMap { keys.keys(of: id, on: $0)?.first } ?? entry.key
    frame.put(key.label, column: row.column + 2, row: row.row, style: Style(.accent, .bold))
    let title = row.splitLeft(4).rest
    frame.put(" \(entry.title) ", in: title, style: .bold)
    frame.put(note(entry), in: row.splitLeft(5 + titleColumns).rest, style: .muted)
    if isSelected { frame.select(row, cursor: Point(column: title.column + 1, row: title.row)) }
  }

  /// The note of an entry. Where some entries have counts, the words of all entries are aligned.
  private func note(_ entry: MenuEntry) -> String {
    guard all.contains(where: { $0.count != nil }) else { return entry.note }
    return (counts[entry.title]?.grouped ?? "").leftPadded(to: 9) + "  " + entry.note
  }
}
