package import Access
package import Terminal

/// The keys and the drawing of a check list.
extension CheckList {
  package var bindings: [KeyBinding<Message>] {
    var bindings = filter.bindings.map { $0.map { Message.filter($0) } }
    bindings += [
      move([.down, .control("n")], "down", .down), move([.up, .control("p")], "up", .up),
      move([.pageDown], "page down", .pageDown), move([.pageUp], "page up", .pageUp),
    ]
    guard !isTyping else { return bindings }
    bindings += [
      move(["j"], "down", .down), move(["k"], "up", .up),
      move([.control("f")], "page down", .pageDown), move([.control("b")], "page up", .pageUp),
      move([.control("d")], "half a page down", .halfPageDown),
      move([.control("u")], "half a page up", .halfPageUp),
      move([.home, "g"], "first", .first), move([.end, "G"], "last", .last),
      KeyBinding(
        ".", hint: isOnlyGiven ? "all rows" : "only given",
        help: isOnlyGiven ? "show all rows again" : "show only what is given, and what you changed",
        group: "List", isHinted: isOnlyGiven, message: .onlyGiven),
    ]
    guard isEditable else { return bindings }
    let toggle = KeyBinding<Message>(
      " ", .enter, hint: "tick", help: "tick, or a whole group on its heading", group: "List",
      message: .toggle)
    return [toggle] + bindings
  }

  private func move(_ keys: [Key], _ help: String, _ message: Message) -> KeyBinding<Message> {
    var binding = KeyBinding(hint: help, group: "List", isHinted: false, message: message)
    binding.keys = keys
    return binding
  }

  /// The message for what was typed, for ``Screen/typed(_:)``.
  package func typed(_ input: TextInput) -> Message? { filter.typed(input).map { .filter($0) } }

  /// Draws the list. The first row has the filter and the count.
  /// - Parameter badge: makes the words for the bounds of an item, for a room of so many columns.
  package func draw(
    in rect: Rect, on frame: inout Frame<Message>, isFocused: Bool = true,
    badge: (Bounds, _ columns: Int) -> ListCell? = { _, _ in nil }
  ) {
    let (line, body) = rect.splitTop(1)
    drawTopLine(in: line, on: &frame)
    if shown.lines.isEmpty {
      let text =
        !filter.text.isEmpty
        ? "Nothing matches “\(filter.shownText)”"
        : isOnlyGiven && !items.isEmpty ? "Nothing is given here; . shows all rows" : emptyText
      frame.put(text, in: body.splitTop(lineCount).rest.inset(columns: 1), style: .muted)
    }
    frame.wheel(body, up: .scroll(-3), down: .scroll(3))
    let first = selection >= top + body.rows ? selection - body.rows + 1 : top
    for (offset, line) in lines(from: first, limit: body.rows).enumerated() {
      let area = Rect(column: body.column, row: body.row + offset, columns: body.columns, rows: 1)
      draw(
        line, badge: badge, in: area, on: &frame, isSelected: first + offset == selection,
        isFocused: isFocused)
    }
  }

  private func drawTopLine(in rect: Rect, on frame: inout Frame<Message>) {
    let count = count
    let (left, right) = rect.splitLeft(rect.columns - cellWidth(of: count) - 1)
    frame.put(count, in: right, style: .muted)
    guard filter.isShown else { return }
    let line = left.inset(columns: 1)
    frame.child(line, { .filter($0) }) { filter.draw(in: line, on: &$0) }
  }

  private func draw(
    _ line: Line, badge: (Bounds, Int) -> ListCell?, in area: Rect, on frame: inout Frame<Message>,
    isSelected: Bool, isFocused: Bool
  ) {
    let text = area.splitLeft(isChanged(line) ? 0 : 1).rest
    let style = style(line)
    let title = (isChanged(line) ? "*" : "") + indent(line) + mark(line) + " " + title(line)
    let used = frame.put(title, in: text, style: style)
    let after = text.splitLeft(used + 2).rest
    let cell = bounds(line).flatMap { badge($0, after.columns) }
    let said = cell.map { frame.put($0.text, in: after, style: $0.style) + 2 } ?? 0
    frame.put(detail(line), in: after.splitLeft(said).rest, style: .muted)
    frame.clickable(area, .press(line))
    guard isSelected else { return }
    guard isFocused else { return frame.restyle(area) { $0.with(.bold) } }
    frame.select(area, cursor: Point(column: text.column, row: text.row))
  }

  private func indent(_ line: Line) -> String {
    switch line {
    case .all, .only: return ""
    case .group: return allLabel == nil ? "" : "  "
    case .item(let index):
      return (allLabel == nil ? "" : "  ") + (items[index].group.isEmpty ? "" : "  ")
    }
  }

  private func style(_ line: Line) -> Style {
    switch line {
    case .all, .only: .plain
    case .group: choice.isAll ? Style(.muted, .bold) : .bold
    case .item: choice.isAll || !isEditable ? .muted : .plain
    }
  }
}
