import Access
import Terminal

/// Asks for a name, and carries out an action with it. Where the action is refused, the typed name stays.
struct NameDialog<Made: Sendable>: FormDialog {
  enum Field: Hashable, Sendable { case name, accept, cancel }
  enum Message: FormMessage {
    case form(Form<Field>.Message)
    case done(Result<Made, Problem>)
    case cancel
  }
  /// The result of the action.
  typealias Outcome = Made

  let title: String
  private let save: @Sendable (Name) -> Result<Made, Problem>
  private(set) var form: Form<Field>
  /// The present name, which is to be replaced; nil where something new is named.
  private var present: Name?
  private var isSaving = false
  var columns = Self.widest
  static var widest: Int { 50 }

  /// - Parameters:
  ///   - action: the word on the button, such as `Rename`.
  ///   - save: carries out the action, off the main actor.
  init(
    title: String, label: String = "Name", value: String = "", action: String,
    save: @escaping @Sendable (Name) -> Result<Made, Problem>
  ) {
    self.title = title
    self.save = save
    form = Form(
      [
        .text(.name, TextField(label, value: value)), .gap,
        .buttons([Button(.accept, action, isDefault: true), Button(.cancel, "Cancel")]),
      ], focus: .name)
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .cancel: return .close
    case .form(let message): return handle(form.update(message))
    case .done(.success(let made)): return close(with: made)
    case .done(.failure(let problem)):
      isSaving = false
      form.setComplaint(.name, problem.message)
      return .none
    }
  }

  private mutating func handle(_ reply: Form<Field>.Reply) -> Effect<Message> {
    switch reply {
    case .none: return .none
    case .pressed(.cancel): return .close
    case .changed:
      form.setComplaint(.name, NameEntry.complaint(form.text(.name), isFinal: false))
      return .none
    case .pressed: return accept()
    }
  }

  private mutating func accept() -> Effect<Message> {
    guard !isSaving else { return .none }
    let text = form.text(.name)
    form.setComplaint(.name, NameEntry.complaint(text, isFinal: true))
    guard let name = try? Name(text) else { return .none }
    if name.text == present?.text { return .close }
    isSaving = true
    return .run("saving") { [save] in .done(save(name)) }
  }
}

extension NameDialog<Name> {
  /// Asks for another name. Where the name stays the same, nothing is carried out, and nothing is reported.
  static func renaming(_ name: Name, title: String, save: @escaping @Sendable (Name) -> Problem?) -> Self {
    var dialog = Self(title: title, value: name.text, action: "Rename") { name in
      save(name).map { .failure($0) } ?? .success(name)
    }
    dialog.present = name
    return dialog
  }
}
