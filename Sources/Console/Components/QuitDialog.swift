package import Terminal

/// Asks whether to leave the console.
package struct QuitDialog: Screen {
  package typealias Message = ConfirmDialog.Message
  private var dialog: ConfirmDialog

  /// The points say what leaving does, such as to what is still in the clipboard.
  package init(product: String, points: [String] = []) {
    dialog = .harmless(title: "Quit", text: "Leave \(product)?", points: points, action: "Quit")
  }

  package var title: String { dialog.title }
  package var presentation: Presentation { dialog.presentation }
  package var bindings: [KeyBinding<Message>] { dialog.bindings }
  package mutating func layout(in bounds: Rect) -> Effect<Self> {
    dialog.layout(in: bounds).map { _ in .close }
  }
  package func typed(_ input: TextInput) -> Message? { dialog.typed(input) }
  package func draw(on frame: inout Frame<Message>) { dialog.draw(on: &frame) }

  package mutating func update(_ message: Message) -> Effect<Self> {
    dialog.update(message).map { $0 == .confirm ? .quit : .close }
  }
}
