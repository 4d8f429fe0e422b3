import Terminal

/// A dialog of rows, any number of which can be ticked; its outcome is the ids of the ticked rows. Typing
/// filters the rows.
struct MultiChoiceDialog<ID: Hashable & Sendable>: Screen {
  typealias Row = ChoiceDialog<ID>.Row

  enum Message: Hashable, Sendable {
    case toggle, accept
    case rows(FilteredRows<ID>.Message)
    case press(ID)
  }
  typealias Outcome = Set<ID>

  let title: String
  private var rows: FilteredRows<ID>
  private var chosen: Set<ID>
  /// Whether something was ticked or unticked in this dialog.
  private var isTouched = false

  init(title: String, rows: [Row], chosen: Set<ID>, filter: String = "") {
    self.title = title
    self.rows = FilteredRows(rows, filter: filter)
    self.chosen = chosen
  }

  var presentation: Presentation {
    .dialog(Size(columns: 60, rows: min(FilteredRows<ID>.pageRows, max(1, rows.rows.count)) + 3))
  }

  var bindings: [KeyBinding<Message>] {
    var tick = KeyBinding<Message>(hint: "tick", help: "tick or untick", message: .toggle)
    // With a filter a space is part of a name.
    tick.keys = rows.filter.text.isEmpty ? [.tab, " "] : [.tab]
    return [
      tick, KeyBinding(.enter, hint: "take these", help: "take those that are ticked", message: .accept),
    ]
      + [KeyBinding(.backTab, hint: "up", group: "List", isHinted: false, message: .rows(.up))]
      + (rows.bindings + rows.filtering).map { $0.map { .rows($0) } }
  }

  func typed(_ input: TextInput) -> Message? {
    if input == .key(" "), rows.filter.text.isEmpty { return nil }
    return rows.typed(input).map { .rows($0) }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): rows.update(message)
    case .press(let id): toggle(id)
    case .toggle:
      guard let row = rows.selected else { return .none }
      toggle(row.id)
      rows.update(.down)
    case .accept: return close(with: taken)
    }
    return .none
  }

  private mutating func toggle(_ id: ID) {
    isTouched = true
    chosen.formSymmetricDifference([id])
  }

  /// The ids to take. A person who types part of a name and ticks nothing means the marked row.
  private var taken: Set<ID> {
    guard !isTouched, !rows.filter.text.isEmpty, let row = rows.selected else { return chosen }
    return chosen.union([row.id])
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    let (line, below) = rest.splitTop(1)
    frame.put("\(chosen.count) ticked; type part of a name", in: heading, style: .muted)
    frame.child(line, { .rows($0) }) { rows.drawFilter(in: line, on: &$0) }
    rows.draw(
      in: below.splitTop(1).rest, on: &frame, mark: { chosen.contains($0) ? "[x] " : "[ ] " },
      press: { .press($0) }, wheel: { .rows($0) })
  }
}
