package import Terminal

/// The area in which a screen draws: a rectangle of the canvas, with the meaning of clicks in it.
///
/// Places are given in coordinates of the whole canvas. Whatever lies outside `bounds` is cut off. Where two
/// clickable rectangles overlap, the one that was drawn last gets the click.
package struct Frame<Message: Sendable>: Sendable {
  struct Zone: Sendable {
    var rect: Rect
    var action: Mouse.Action
    var message: Message
    /// The key that a second click shortly after the first one presses; nil where each click means the same.
    var keyOfDoubleClick: Key?
  }

  package let bounds: Rect
  private(set) var canvas: Canvas
  private(set) var zones: [Zone] = []

  package init(_ canvas: Canvas, bounds: Rect) {
    self.canvas = canvas
    self.bounds = bounds.intersection(canvas.bounds)
  }

  /// Draws text in at most `columns` cells and within the bounds. A longer text is cut and ends in `…`, so
  /// that nobody takes a part for the whole. Returns the number of cells that were used.
  @discardableResult
  package mutating func put(
    _ text: String, column: Int, row: Int, style: Style = .plain, columns: Int = .max
  ) -> Int {
    guard row >= bounds.row, row < bounds.endRow, column >= bounds.column else { return 0 }
    let room = min(columns, bounds.endColumn - column)
    guard room > 0 else { return 0 }
    return canvas.put(fitting: text, column: column, row: row, style: style, columns: room)
  }

  /// Draws text in the first row of a rectangle.
  @discardableResult
  package mutating func put(_ text: String, in rect: Rect, style: Style = .plain) -> Int {
    guard rect.rows > 0 else { return 0 }
    return put(text, column: rect.column, row: rect.row, style: style, columns: rect.columns)
  }

  package mutating func fill(_ rect: Rect, with character: Unicode.Scalar = " ", style: Style = .plain) {
    canvas.fill(rect.intersection(bounds), with: character, style: style)
  }

  package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    canvas.restyle(rect.intersection(bounds), change)
  }

  /// Shows the terminal's cursor at a place, if the place is within the bounds.
  package mutating func showCursor(column: Int, row: Int) {
    let point = Point(column: column, row: row)
    if bounds.contains(point) { canvas.cursor = point }
  }

  /// Shows a rectangle as selected and as having the keys, in one style. The tones in the rectangle are dropped,
  /// because not every one can be read reversed; an underline stays. The terminal's cursor goes to the rectangle's
  /// beginning, or to `cursor`.
  package mutating func select(_ rect: Rect, cursor: Point? = nil) {
    restyle(rect) { Style(.plain, $0.attributes.intersection(.underline).union(.reverse)) }
    let shown = rect.intersection(bounds)
    guard !shown.isEmpty else { return }
    let place = cursor.flatMap { bounds.contains($0) ? $0 : nil }
    canvas.selection = place ?? Point(column: shown.column, row: shown.row)
  }

  /// Draws the edge of a box with a title. The inside is empty.
  package mutating func box(_ rect: Rect, title: String) {
    canvas.fill(rect)
    canvas.box(rect, title: title, style: .muted, titleStyle: .bold)
  }

  /// Marks all that was drawn so far as lying below the next drawing: it has no cursor, and clicks in it mean
  /// nothing.
  mutating func cover() {
    hideCursor()
    zones = []
  }

  /// Removes the cursor and the selection that were drawn so far.
  package mutating func hideCursor() {
    canvas.cursor = nil
    canvas.selection = nil
  }

  /// Makes a click in the rectangle send the message.
  ///
  /// - Parameter key: the key that a double click presses; nil where each click means the same.
  package mutating func clickable(_ rect: Rect, _ message: Message, doubleClick key: Key? = nil) {
    addZone(rect, .click, message, key)
  }

  /// Makes the mouse wheel over the rectangle send the messages.
  package mutating func wheel(_ rect: Rect, up: Message, down: Message) {
    addZone(rect, .wheelUp, up)
    addZone(rect, .wheelDown, down)
  }

  private mutating func addZone(
    _ rect: Rect, _ action: Mouse.Action, _ message: Message, _ keyOfDoubleClick: Key? = nil
  ) {
    let rect = rect.intersection(bounds)
    guard !rect.isEmpty else { return }
    zones.append(Zone(rect: rect, action: action, message: message, keyOfDoubleClick: keyOfDoubleClick))
  }

  /// Lets a component with its own messages draw in a part of the frame.
  package mutating func child<Inner: Sendable>(
    _ rect: Rect, _ map: (Inner) -> Message, _ draw: (inout Frame<Inner>) -> Void
  ) {
    var inner = Frame<Inner>(canvas, bounds: rect.intersection(bounds))
    canvas = Canvas(Size(columns: 0, rows: 0))
    draw(&inner)
    canvas = inner.canvas
    zones += inner.zones.map {
      Zone(
        rect: $0.rect, action: $0.action, message: map($0.message), keyOfDoubleClick: $0.keyOfDoubleClick)
    }
  }

  /// Draws in a part of the frame with the same messages. The drawing is cut at the part's edges.
  package mutating func child(_ rect: Rect, _ draw: (inout Frame) -> Void) {
    child(rect, { $0 }, draw)
  }
}
