package import Terminal

/// A question with buttons; its outcome is the answer of the pressed button.
///
/// A question about something destructive starts on the harmless answer, and drops keys that were pressed
/// before it could be read.
package struct QuestionDialog<Answer: Hashable & Sendable>: Screen {
  package enum Message: Hashable, Sendable {
    case form(Form<Answer>.Message)
    case cancel
  }
  package typealias Outcome = Answer

  package let title: String
  private var form: Form<Answer>
  private let isDestructive: Bool
  /// Whether the question opens by itself, and not because a key was pressed.
  package let waitsForQuiet: Bool
  /// The answer that Esc gives; nil where Esc gives none.
  private let escape: Answer?
  /// The available width.
  private var columns = Self.widest
  private static var widest: Int { 60 }

  /// - Parameters:
  ///   - text: the question, which is wrapped.
  ///   - points: the consequences, each drawn as `- point`.
  ///   - focus: the answer to start on.
  ///   - escape: the answer that Esc gives; nil closes without an outcome.
  ///   - opensByItself: whether no key was pressed for it; then it waits until nothing is typed.
  package init(
    title: String, text: String, points: [String] = [], buttons: [Button<Answer>], focus: Answer? = nil,
    escape: Answer? = nil, opensByItself: Bool = false
  ) {
    self.title = title
    waitsForQuiet = opensByItself
    self.escape = escape
    isDestructive = buttons.contains(where: \.isDestructive)
    let notes = [text] + points.map { "- " + $0 }
    form = Form(notes.map { .note($0, .plain) } + [.gap, .buttons(buttons)], focus: focus)
  }

  package var presentation: Presentation {
    .dialog(Size(columns: Self.widest, rows: form.rowCount(columns: columns)))
  }
  package var dropsTypeAhead: Bool { isDestructive }

  package var bindings: [KeyBinding<Message>] {
    form.bindings.map { $0.map { .form($0) } }
      + [KeyBinding(.escape, hint: "cancel", message: .cancel)]
  }

  package mutating func layout(in bounds: Rect) -> Effect<Message> {
    columns = bounds.columns
    return .none
  }

  package func typed(_ input: TextInput) -> Message? { form.typed(input).map { .form($0) } }

  package mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .cancel: return escape.map { close(with: $0) } ?? .close
    case .form(let message):
      guard case .pressed(let answer) = form.update(message) else { return .none }
      return close(with: answer)
    }
  }

  package func draw(on frame: inout Frame<Message>) {
    frame.child(frame.bounds, { .form($0) }) { form.draw(in: $0.bounds, on: &$0) }
  }
}

/// The answer to a question of yes or no.
package enum Confirmation: Hashable, Sendable { case cancel, confirm }
package typealias ConfirmDialog = QuestionDialog<Confirmation>

extension QuestionDialog where Answer == Confirmation {
  /// Asks before something that can't be undone; starts on Cancel.
  package static func destructive(
    title: String, text: String, points: [String] = [], action: String
  ) -> Self {
    Self(
      title: title, text: text, points: points,
      buttons: [Button(.confirm, action, isDestructive: true), Button(.cancel, "Cancel")],
      focus: .cancel, escape: .cancel)
  }

  /// Asks before something harmless; starts on the action.
  package static func harmless(title: String, text: String, points: [String] = [], action: String) -> Self {
    Self(
      title: title, text: text, points: points,
      buttons: [Button(.confirm, action, isDefault: true), Button(.cancel, "Cancel")], escape: .cancel)
  }

  /// Asks before a change is proposed to which a second person has to agree.
  static func waiting(title: String) -> Self {
    harmless(title: title, text: EffectDialog.waiting, action: "Ask for it")
  }

  /// Shows a message, which the person closes.
  package static func message(title: String, text: String, points: [String] = []) -> Self {
    Self(title: title, text: text, points: points, buttons: [Button(.confirm, "Close", isDefault: true)])
  }
}
