import Terminal

/// The messages of a dialog with a form: a message for the form, and leaving the dialog.
protocol FormMessage: Sendable {
  associatedtype Field: Hashable & Sendable
  static func form(_ message: Form<Field>.Message) -> Self
  static var cancel: Self { get }
}

/// A dialog that consists of one form. The form gives its keys, its typing and its rows, and Esc leaves the
/// dialog. The dialog's own `update` decides what the answers mean.
protocol FormDialog: Screen where Message: FormMessage {
  var form: Form<Message.Field> { get }
  /// The number of terminal cells in a row of the form, as last laid out. The number of rows depends on it.
  var columns: Int { get set }
  /// The greatest number of terminal cells that the form uses in a row.
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
