import Terminal

/// Draws one item of a form.
struct FormPainter {
  /// The part of the item that has the focus; nil where none has.
  let part: Int?
  let labelColumns: Int

  func draw<ID>(_ item: FormItem<ID>, in area: Rect, on frame: inout Frame<Form<ID>.Message>) {
    switch item {
    case .text(let id, let field): draw(field, id, in: area, on: &frame)
    case .check(let id, let box): draw(box, id, in: area, on: &frame)
    case .radio(let id, let group): draw(group, id, in: area, on: &frame)
    case .buttons(let buttons): draw(buttons, in: area, on: &frame)
    case .note(let text, let style): draw(text, style, in: area, on: &frame)
    case .gap: break
    }
  }

  private func drawLabel<Message>(_ label: String, in area: Rect, on frame: inout Frame<Message>) {
    frame.put(
      fit(label, columns: labelColumns - 1), in: area, style: part == nil ? .plain : .bold)
  }

  private func draw<ID>(
    _ field: TextField, _ id: ID, in area: Rect, on frame: inout Frame<Form<ID>.Message>
  ) {
    drawLabel(field.label, in: area, on: &frame)
    let value = area.splitLeft(labelColumns).rest
    let written = field.hasList ? value.splitLeft(value.columns - 2).left : value
    frame.child(written, { .typed($0) }) {
      field.drawValue(in: written, on: &$0, isFocused: part != nil)
    }
    frame.clickable(area.splitTop(1).top, .focus(id))
    if field.hasList { drawList(of: id, in: value.splitTop(1).top, on: &frame) }
    guard let complaint = field.complaint else { return }
    for (index, line) in wrap(complaint, columns: value.columns).enumerated() {
      frame.put(line, column: value.column, row: value.row + 1 + index, style: Style(.danger))
    }
  }

  /// Draws the sign at the right end of a field that has a list to choose from.
  private func drawList<ID>(of id: ID, in value: Rect, on frame: inout Frame<Form<ID>.Message>) {
    let place = value.splitLeft(value.columns - 1).rest
    frame.put("▾", in: place, style: Style(.accent))
    frame.clickable(place, .press(id))
  }

  private func draw<ID>(_ box: CheckBox, _ id: ID, in area: Rect, on frame: inout Frame<Form<ID>.Message>) {
    let text = box.mark + " " + box.label
    let used = frame.put(text, in: area)
    let place = Rect(column: area.column, row: area.row, columns: used, rows: 1)
    if part != nil { frame.select(place) }
    frame.clickable(place, .press(id))
  }

  private func draw<ID>(
    _ group: RadioGroup, _ id: ID, in area: Rect, on frame: inout Frame<Form<ID>.Message>
  ) {
    drawLabel(group.label, in: area, on: &frame)
    for (index, option) in group.options.enumerated() {
      let row = area.row + index
      let column = area.column + labelColumns
      let used = frame.put(group.mark(index) + " " + option, column: column, row: row)
      let place = Rect(column: column, row: row, columns: used, rows: 1)
      if part == index { frame.select(place) }
      frame.clickable(place, .choose(id, index))
    }
  }

  private func draw<ID>(_ buttons: [Button<ID>], in area: Rect, on frame: inout Frame<Form<ID>.Message>) {
    var column = area.column
    for (index, button) in buttons.enumerated() {
      let used = frame.put(
        button.text, column: column, row: area.row, style: button.style(isFocused: part == index))
      let place = Rect(column: column, row: area.row, columns: used, rows: 1)
      if part == index { frame.select(place) }
      frame.clickable(place, .press(button.id))
      column += used + 2
    }
  }

  private func draw<Message>(_ text: String, _ style: Style, in area: Rect, on frame: inout Frame<Message>) {
    for (index, line) in wrap(text, columns: area.columns).enumerated() {
      frame.put(line, column: area.column, row: area.row + index, style: style)
    }
  }
}
