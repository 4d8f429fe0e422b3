import Terminal

/// A question with buttons; its outcome is the answer of the pressed button.
///
/// A question about something destructive starts on the harmless answer, and drops keys that were pressed
/// before it could be read.
package struct QuestionDialog<Answer: Hashable & Sendable>: FormDialog {
  package typealias Field = Answer
  package typealias Outcome = Answer

  package let title: String
  package var form: Form<Answer>
  private let isDestructive: Bool
  /// Whether the question opens by itself, and not because a key was pressed.
  package let waitsForQuiet: Bool
  /// The answer that Esc gives; nil where Esc gives none.
  private let escape: Answer?
  package var columns = Self.widest
  package static var widest: Int { 60 }
  /// No answer goes without being told.
  package static var cancelling: Answer? { nil }

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

  package var dropsTypeAhead: Bool { isDestructive }

  package func pressed(_ answer: Answer) -> Effect<Message> { close(with: answer) }
  package func cancel() -> Effect<Message> { escape.map { close(with: $0) } ?? .close }
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
    harmless(title: title, text: EffectText.waiting, action: "Ask for it")
  }

  /// Shows a message, which the person closes.
  package static func message(title: String, text: String, points: [String] = []) -> Self {
    Self(title: title, text: text, points: points, buttons: [Button(.confirm, "Close", isDefault: true)])
  }
}
