internal import CNcurses
internal import Terminal

/// Draws canvases on ncurses' screen: of each row only the cells from the first to the last that changed.
@MainActor final class Painter {
  var repertoire: Repertoire
  private let showsSelection: Bool
  private let output: FrameOutput
  /// The attributes and the colour pair of ncurses for each tone.
  private var tones: [(attributes: attr_t, pair: Int32)] = []
  private var attributes: [attr_t] = []
  private var shown: Canvas?

  /// Makes a painter for the open screen, and sets the screen's colours.
  init(repertoire: Repertoire, palette: ColorPalette, showsSelection: Bool, output: FrameOutput) {
    self.output = output
    self.repertoire = repertoire
    self.showsSelection = showsSelection
    attributes = (0..<16).map { Self.bits(Style.Attributes(rawValue: $0)) }
    for tone in Tone.allCases {
      var pair: Int32 = 0
      if let color = palette.color(of: tone) {
        pair = Int32(tone.rawValue) + 1
        init_extended_pair(pair, Int32(color), -1)
      }
      tones.append((Self.bits(palette.attributes(of: tone)), pair))
    }
  }

  /// Forgets what is shown, so that the next canvas is drawn as a whole.
  private func forget() { shown = nil }

  /// Has the next canvas drawn on a cleared screen.
  func redraw() {
    forget()
    clearok(popsec_curscr(), true)
  }

  /// Clears the screen.
  func clear() {
    forget()
    werase(popsec_stdscr())
    wnoutrefresh(popsec_stdscr())
    doupdate()
  }

  /// Writes the changes into ncurses' screen, and shows them.
  func paint(_ canvas: Canvas, window: Size) {
    let old = shown?.size == canvas.size ? shown : nil
    // After another program had the terminal, ncurses sets the terminal's modes with the first frame.
    if isendwin() {
      paint(canvas, over: old, window: window)
    } else if !output.send({ paint(canvas, over: old, window: window) }) {
      redraw()
    }
  }

  private func paint(_ canvas: Canvas, over old: Canvas?, window: Size) {
    withUnsafeTemporaryAllocation(of: cchar_t.self, capacity: max(1, canvas.size.columns)) { line in
      for row in 0..<min(canvas.size.rows, window.rows) {
        paintRow(row, of: canvas, over: old, window: window, line: line)
      }
    }
    showCursor(of: canvas, window: window)
    wnoutrefresh(popsec_stdscr())
    doupdate()
    shown = canvas
  }

  private func paintRow(
    _ row: Int, of canvas: Canvas, over old: Canvas?, window: Size, line: UnsafeMutableBufferPointer<cchar_t>
  ) {
    let columns = min(canvas.size.columns, window.columns)
    guard let changed = RowChange.range(of: row, in: canvas, over: old, columns: columns) else { return }
    var count = 0
    // The column up to which glyphs have been drawn.
    var reached = changed.lowerBound
    for column in changed where column >= reached {
      let cell = glyph(at: column, row: row, of: canvas, columns: columns)
      fill(&line[count], cell)
      count += 1
      reached = column + Int(cell.width)
    }
    popsec_put_cells(Int32(row), Int32(changed.lowerBound), line.baseAddress, Int32(count))
  }

  /// The glyph of a cell. Half of a wide glyph without its other half is drawn as a blank.
  private func glyph(at column: Int, row: Int, of canvas: Canvas, columns: Int) -> Cell {
    let cell = repertoire.shown(canvas.cells[row * canvas.size.columns + column])
    let isWhole = cell.width > 0 && column + Int(cell.width) <= columns
    return isWhole ? cell : Cell(" ", style: cell.style)
  }

  private func fill(_ place: inout cchar_t, _ cell: Cell) {
    let tone = tones[Int(cell.style.tone.rawValue)]
    let bits = tone.attributes | attributes[Int(cell.style.attributes.rawValue & 15)]
    let scalars = cell.scalars
    popsec_fill_cell(&place, scalars[0], scalars[1], scalars[2], scalars[3], bits, tone.pair)
  }

  private func showCursor(of canvas: Canvas, window: Size) {
    guard let cursor = canvas.cursor ?? canvas.selection, Rect(window).contains(cursor) else {
      leaveok(popsec_stdscr(), true)
      curs_set(0)
      return
    }
    leaveok(popsec_stdscr(), false)
    wmove(popsec_stdscr(), Int32(cursor.row), Int32(cursor.column))
    curs_set(canvas.cursor != nil || showsSelection ? 1 : 0)
  }

  private static func bits(_ attributes: Style.Attributes) -> attr_t {
    var bits: attr_t = 0
    if attributes.contains(.bold) { bits |= popsec_attr_bold() }
    if attributes.contains(.dim) { bits |= popsec_attr_dim() }
    if attributes.contains(.reverse) { bits |= popsec_attr_reverse() }
    if attributes.contains(.underline) { bits |= popsec_attr_underline() }
    return bits
  }
}
