package import Terminal

/// The keys and the drawing of a form.
extension Form {
  /// The keys. Esc belongs to the screen, because only the screen knows whether something would be lost.
  package var bindings: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = [
      KeyBinding(
        .tab, .control("n"), hint: "next", help: "next field or button", group: "Form", message: .next),
      KeyBinding(
        .backTab, .control("p"), hint: "previous", help: "previous field or button", group: "Form",
        isHinted: false,
        message: .previous),
      KeyBinding(.down, hint: "down", help: "next line", group: "Form", isHinted: false, message: .down),
      KeyBinding(.up, hint: "up", help: "previous line", group: "Form", isHinted: false, message: .up),
      KeyBinding(
        .enter, hint: listed != nil ? "list" : isTyping ? defaultTitle : "choose",
        help: "press a button, choose, or finish",
        group: "Form", message: .activate),
    ]
    guard !isTyping else { return bindings }
    bindings += [
      KeyBinding(" ", hint: "tick", help: "tick or choose", group: "Form", isHinted: false, message: .toggle),
      KeyBinding(.left, hint: "left", group: "Form", isHinted: false, message: .left),
      KeyBinding(.right, hint: "right", group: "Form", isHinted: false, message: .right),
    ]
    return bindings
  }

  private var defaultTitle: String {
    for case .buttons(let buttons) in items {
      if let button = buttons.first(where: \.isDefault) { return button.title.lowercased() }
    }
    return "finish"
  }

  /// The message for what was typed, for ``Screen/typed(_:)``.
  package func typed(_ input: TextInput) -> Message? {
    guard let focus, case .text(_, let field) = items[focus.item] else { return nil }
    return field.typed(input).map { .typed($0) }
  }

  private var labelColumns: Int {
    let widest = shown.compactMap(\.item.label).map { cellWidth(of: $0) }.max() ?? 0
    return widest == 0 ? 0 : min(widest, 24) + 2
  }

  /// The number of rows that the form takes at this width.
  package func rowCount(columns: Int) -> Int {
    let label = labelColumns
    return shown.reduce(0) { $0 + $1.item.rowCount(columns: columns, labelColumns: label) }
  }

  /// Draws the form. Where it is higher than the rectangle, it is drawn without gaps. Where it is still too
  /// high, the part with the focus is drawn.
  package func draw(in rect: Rect, on frame: inout Frame<Message>) {
    let label = labelColumns
    let fitting = fitting(rect)
    var row = rect.row - firstRow(of: fitting, rows: rect.rows, columns: rect.columns)
    for (index, item) in fitting {
      let rows = item.rowCount(columns: rect.columns, labelColumns: label)
      let area = Rect(column: rect.column, row: row, columns: rect.columns, rows: rows)
      let part = focus?.item == index ? focus?.part : nil
      frame.child(rect) { FormPainter(part: part, labelColumns: label).draw(item, in: area, on: &$0) }
      row += rows
    }
  }

  private func fitting(_ rect: Rect) -> [(index: Int, item: FormItem<ID>)] {
    rowCount(columns: rect.columns) <= rect.rows ? shown : shown.filter { $0.item != .gap }
  }

  private func firstRow(of items: [(index: Int, item: FormItem<ID>)], rows: Int, columns: Int) -> Int {
    let label = labelColumns
    var end = 0
    for (index, item) in items {
      end += item.rowCount(columns: columns, labelColumns: label)
      // Buttons right below a last field are shown together with the field.
      if index == focus?.item { return max(0, end - rows) }
    }
    return 0
  }
}
