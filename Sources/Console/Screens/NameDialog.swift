import Access
import Terminal

/// Asks for a name, and carries out an action with it. Where the action is refused, the typed name stays.
struct NameDialog<Made: Sendable>: FormDialog {
  enum Field: FormField { case name, accept, cancel }
  /// The result of the action.
  typealias Outcome = Made

  let title: String
  private let save: @Sendable (Name) -> Result<Made, Problem>
  var form: Form<Field>
  /// The present name, which is to be replaced; nil where something new is named.
  private var present: Name?
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

  mutating func changed(_ field: Field) -> Effect<Message> {
    judgeName(.name)
    return .none
  }

  mutating func failed(_ problem: Problem) -> Effect<Message> {
    form.setComplaint(.name, problem.message)
    return .none
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    guard let name = name(.name) else { return .none }
    if name.text == present?.text { return .close }
    return busy(.run("saving") { [save] in .ended(save(name)) })
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
