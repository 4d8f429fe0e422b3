import Terminal

/// What a dialog with a form can be told: what goes to its form, and that it is given up.
protocol FormMessage: Sendable {
  associatedtype Field: Hashable & Sendable
  static func form(_ message: Form<Field>.Message) -> Self
  static var cancel: Self { get }
}

/// A dialog that is one form: its keys, what is typed and its rows are the form's, and Esc leaves it.
/// What the answers mean is the dialog's own `update`.
protocol FormDialog: Screen where Message: FormMessage {
  var form: Form<Message.Field> { get }
  /// Terminal cells in a row of the form, as last laid out; how many rows there are depends on it.
  var columns: Int { get set }
  /// Terminal cells that the form would like to have in a row.
  static var widest: Int { get }
}

extension FormDialog {
  var presentation: Presentation {
    .dialog(Size(columns: Self.widest, rows: form.rowCount(columns: columns)))
  }

  var bindings: [KeyBinding<Message>] {
    form.bindings.map { $0.map { .form($0) } } + [KeyBinding(.escape, hint: "cancel", message: .cancel)]
  }

  func typed(_ input: TextInput) -> Message? { form.typed(input).map { .form($0) } }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    columns = bounds.columns
    return .none
  }

  func draw(on frame: inout Frame<Message>) { drawForm(in: frame.bounds, on: &frame) }

  func drawForm(in bounds: Rect, on frame: inout Frame<Message>) {
    frame.child(bounds, { .form($0) }) { form.draw(in: $0.bounds, on: &$0) }
  }
}
