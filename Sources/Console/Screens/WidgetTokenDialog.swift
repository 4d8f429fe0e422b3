import Access
import Administration
import Store
import Terminal

/// Asks for the API user and the name of a token that is added in a widget's page.
struct WidgetTokenDialog: FormDialog {
  enum Field: Hashable, Sendable { case user, name, add, cancel }
  enum Message: FormMessage {
    case form(Form<Field>.Message)
    /// The API user was chosen from the list.
    case named(Name)
    case done(Result<Added, Problem>)
    case cancel
  }
  struct Added: Hashable, Sendable {
    let token: Name
    let user: Name
  }
  typealias Outcome = Added

  private let widget: Widget
  private let context: ConsoleContext
  private(set) var form: Form<Field>
  private var isSaving = false
  var columns = Self.widest
  static var widest: Int { 60 }

  init(_ widget: Widget, context: ConsoleContext) {
    self.widget = widget
    self.context = context
    form = Form([
      .note("The token opens \(quotedName(widget.name)), and nothing else, for 90 days.", .plain), .gap,
      .text(
        .user,
        TextField("API user", placeholder: "the whole of its name", hasList: context.may(.securityRead))),
      .text(.name, TextField("Token name")), .gap,
      .buttons([Button(.add, "Add", isDefault: true), Button(.cancel, "Cancel")]),
    ])
  }

  var title: String { "Add token" }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .cancel: return .close
    case .done(.success(let added)): return close(with: added)
    case .done(.failure(let problem)):
      isSaving = false
      let isOfUser = problem.message.contains("API user")
      form.setComplaint(isOfUser ? .user : .name, problem.message)
      form.focus(isOfUser ? .user : .name)
      return .none
    case .named(let name):
      form.setText(.user, name.text)
      form.setComplaint(.user, nil)
      form.focus(.name)
      return .none
    case .form(let message):
      switch form.update(message) {
      case .none: return .none
      case .pressed(.cancel): return .close
      case .pressed(.user): return pick()
      case .pressed: return add()
      case .changed(let field):
        form.setComplaint(field, NameEntry.complaint(form.text(field), isFinal: false))
        return .none
      }
    }
  }

  /// Lists the API users, filtered by the typed text.
  private func pick() -> Effect<Message> {
    .ask(AccountPicker(one: .apiUser, title: "API user", filter: form.text(.user), context: context)) {
      chosen in
      guard let id = chosen.first else { return .none }
      return .reading("reading the API user") {
        try context.administration.read { try $0.account(id)?.name }
      } then: {
        $0.map { .send(.named($0)) } ?? .none
      }
    }
  }

  private mutating func add() -> Effect<Message> {
    guard !isSaving else { return .none }
    for field in [Field.user, .name] {
      guard let complaint = NameEntry.complaint(form.text(field), isFinal: true) else { continue }
      form.setComplaint(field, complaint)
      form.focus(field)
      return .none
    }
    guard let user = try? Name(form.text(.user)), let name = try? Name(form.text(.name)) else { return .none }
    isSaving = true
    return .run("adding the token") { [context, widget] in
      .done(
        context.change { try $0.addToken(toAPIUserNamed: user, on: widget.id, name: name) }
          .map { Added(token: $0.name, user: user) })
    }
  }
}
