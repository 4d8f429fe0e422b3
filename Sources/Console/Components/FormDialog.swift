package import Terminal

/// What a dialog with a form can be told.
/// - Parameter News: what it is told beside what goes to its form.
package enum FormMessage<Field: Hashable & Sendable, Outcome: Sendable, News: Sendable>: Sendable {
  case form(Form<Field>.Message)
  /// How carrying it out has ended; nil where it was given up.
  case ended(Result<Outcome, Problem>?)
  case news(News)
  case cancel
}

/// The fields and buttons of a dialog, one of which gives it up.
package protocol FormField: Hashable, Sendable {
  static var cancel: Self { get }
}

/// A dialog that is one form: its keys, what is typed and its rows are the form's, and Esc and Cancel leave it.
/// What the answers mean is the dialog's own.
package protocol FormDialog: Screen where Message == FormMessage<Field, Outcome, News> {
  associatedtype Field: Hashable & Sendable
  associatedtype News: Sendable = Never
  var form: Form<Field> { get set }
  /// The number of terminal cells in a row of the form, as last laid out. The number of rows depends on it.
  var columns: Int { get set }
  /// The greatest number of terminal cells that the form uses in a row.
  static var widest: Int { get }
  /// The button that gives it up as Esc does; nil where none does.
  static var cancelling: Field? { get }

  /// A button was pressed, or Enter in a field that has a list; never while something is being carried out.
  mutating func pressed(_ field: Field) -> Effect<Message>
  /// The value of a field is another now.
  mutating func changed(_ field: Field) -> Effect<Message>
  /// What it asked for can't be carried out.
  mutating func failed(_ problem: Problem) -> Effect<Message>
  mutating func take(_ news: News) -> Effect<Message>
  /// Leaves it without an answer.
  func cancel() -> Effect<Message>
}

extension FormDialog {
  package var presentation: Presentation {
    .dialog(Size(columns: Self.widest, rows: form.rowCount(columns: columns)))
  }

  package var bindings: [KeyBinding<Message>] {
    form.bindings.map { $0.map { .form($0) } } + [KeyBinding(.escape, hint: "cancel", message: .cancel)]
  }

  package func typed(_ input: TextInput) -> Message? { form.typed(input).map { .form($0) } }

  package mutating func layout(in bounds: Rect) -> Effect<Message> {
    columns = bounds.columns
    return .none
  }

  package mutating func update(_ message: Message) -> Effect<Message> { follow(message) }

  /// Does what a message means for the form, and asks the dialog for what is its own.
  mutating func follow(_ message: Message) -> Effect<Message> {
    switch message {
    case .cancel: return cancel()
    case .news(let news): return take(news)
    case .ended(let result):
      form.isBusy = false
      switch result {
      case nil: return .none
      case .success(let outcome): return close(with: outcome)
      case .failure(let problem): return failed(problem)
      }
    case .form(let message):
      switch form.update(message) {
      case .none: return .none
      case .changed(let field): return changed(field)
      case .pressed(let field) where field == Self.cancelling: return cancel()
      case .pressed(let field): return form.isBusy ? .none : pressed(field)
      }
    }
  }

  package func cancel() -> Effect<Message> { .close }
  package mutating func changed(_ field: Field) -> Effect<Message> { complain(field, nil) }
  package mutating func failed(_ problem: Problem) -> Effect<Message> { .toast(problem) }

  /// Carries out what was asked for; no other button is taken before it has ended.
  mutating func busy(_ effect: Effect<Message>) -> Effect<Message> {
    form.isBusy = true
    return effect
  }

  /// Says at a field what is wrong with it, and goes there; nil takes that away, and stays.
  mutating func complain(_ field: Field, _ complaint: String?) -> Effect<Message> {
    form.setComplaint(field, complaint)
    if complaint != nil { form.focus(field) }
    return .none
  }

  package func draw(on frame: inout Frame<Message>) { drawForm(in: frame.bounds, on: &frame) }

  func drawForm(in bounds: Rect, on frame: inout Frame<Message>) {
    frame.child(bounds, { .form($0) }) { form.draw(in: $0.bounds, on: &$0) }
  }
}

extension FormDialog where Field: FormField {
  package static var cancelling: Field? { .cancel }
}

extension FormDialog where News == Never {
  package mutating func take(_ news: Never) -> Effect<Message> {}
}
