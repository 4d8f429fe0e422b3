package import Terminal

/// Draws the stack of screens and the bars around it.
extension Compositor {
  /// The smallest window in which the console can be used.
  package static let leastSize = Size(columns: 50, rows: 12)
  /// The height from which on the status line has a row of its own. In a lower window it covers the hint bar.
  static let statusRowHeight = 16

  var isTooSmall: Bool {
    size.columns < Self.leastSize.columns || size.rows < Self.leastSize.rows
  }

  private var statusRows: Int { size.rows >= Self.statusRowHeight ? 1 : 0 }

  /// The rectangle between the title bar and the status line, and within the frame of read-only mode.
  var body: Rect { isReadOnly ? inside.inset(columns: 1) : inside }

  private var inside: Rect { Rect(size).splitTop(1).rest.splitBottom(1 + statusRows).rest }

  func room(for presentation: Presentation) -> Rect {
    switch presentation {
    case .full: body
    case .dialog(let inside): box(for: inside).inset(columns: 2, rows: 1)
    }
  }

  private func box(for inside: Size) -> Rect {
    body.centered(Size(columns: inside.columns + 4, rows: inside.rows + 2))
  }

  /// Draws everything, and remembers what a click in each place means.
  package mutating func draw() -> Canvas {
    zones = []
    // A locked console shows neither the present screen nor the name of the store.
    if isLocked { return alone(["\(settings.product) is locked: \(settings.person), Enter resumes"]) }
    if isTooSmall {
      let least = Self.leastSize
      return alone([
        "the window is \(size.columns)x\(size.rows)",
        "\(settings.product) needs \(least.columns)x\(least.rows)",
      ])
    }
    let offers = presentOffers()
    var frame = Frame<Target>(Canvas(size), bounds: Rect(size))
    drawStack(on: &frame)
    if isReadOnly { drawReadOnlyFrame(on: &frame) }
    drawTitleBar(on: &frame)
    drawBottom(offers, on: &frame)
    zones = frame.zones
    return frame.canvas
  }

  private func drawStack(on frame: inout Frame<Target>) {
    let lowest = stack.lastIndex { $0.screen.presentation == .full } ?? 0
    for opened in stack[lowest...] {
      frame.cover()
      if case .dialog(let inside) = opened.screen.presentation {
        frame.restyle(body) { _ in .muted }
        frame.box(box(for: inside), title: opened.screen.title)
      }
      opened.screen.drawErased(in: room(for: opened.screen.presentation), on: &frame) { message in
        Target(layer: opened.id) { .send(message) }
      }
    }
  }

  /// Draws the frame of read-only mode, in words and colour, so that nobody wonders why nothing can be
  /// changed. The title bar is the upper edge of the frame.
  private func drawReadOnlyFrame(on frame: inout Frame<Target>) {
    let style = Style(.warning, .bold)
    for row in inside.row..<inside.endRow {
      frame.put("│", column: 0, row: row, style: style)
      frame.put("│", column: size.columns - 1, row: row, style: style)
    }
    guard statusRows > 0 else { return }
    let words = " READ-ONLY "
    let left = (size.columns - words.count) / 2
    let line = { (count: Int) in String(repeating: "─", count: max(0, count)) }
    let text = "└" + line(left - 1) + words + line(size.columns - left - words.count - 1) + "┘"
    frame.put(text, column: 0, row: inside.endRow, style: style)
  }

  /// A canvas with only these lines, in the middle.
  private func alone(_ lines: [String]) -> Canvas {
    var canvas = Canvas(size)
    for (offset, line) in lines.enumerated() {
      let text = fit(line, columns: max(0, size.columns - 2))
      let column = max(0, (size.columns - cellWidth(of: text)) / 2)
      canvas.put(text, column: column, row: max(0, (size.rows - lines.count + 1) / 2) + offset)
    }
    return canvas
  }
}
