import Terminal

/// What a page with a list can be told: what goes to its list.
protocol ListMessage: Sendable {
  associatedtype Row: ListRow
  static func rows(_ message: LoadedList<Row>.Message) -> Self
}

/// A page that is one list: its room, what is typed, reading it and drawing it are the list's. What can be done
/// with a row is the page's own `bindings` and `update`.
protocol ListScreen: Screen where Message: ListMessage {
  var rows: LoadedList<Message.Row> { get set }
}

extension ListScreen {
  /// The keys of the list, to stand behind the page's own.
  var listBindings: [KeyBinding<Message>] { rows.list.bindings.map { $0.map { .rows(.list($0)) } } }

  func typed(_ input: TextInput) -> Message? { rows.list.typed(input).map { .rows(.list($0)) } }
  mutating func layout(in bounds: Rect) -> Effect<Self> { rows.layout(in: bounds) { .rows($0) } }
  mutating func appear() -> Effect<Self> { reload() }
  mutating func reappear() -> Effect<Self> { reload() }

  /// Reads the rows, anew where they were read before.
  mutating func reload() -> Effect<Self> { rows.reload { .rows($0) } }

  func draw(on frame: inout Frame<Message>) { drawRows(in: frame.bounds, on: &frame) }

  func drawRows(in bounds: Rect, on frame: inout Frame<Message>) {
    frame.child(bounds, { .rows($0) }) { rows.draw(on: &$0) }
  }
}
