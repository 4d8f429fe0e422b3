import Access
import Administration
import Store
import Terminal

/// Asks for the API user and the name of a token that is added in a widget's page.
struct WidgetTokenDialog: FormDialog {
  enum Field: FormField { case user, name, add, cancel }
  /// The API user that was chosen from the list.
  typealias News = Name
  struct Added: Hashable, Sendable {
    let token: Name
    let user: Name
  }
  typealias Outcome = Added

  private let widget: Widget
  private let context: ConsoleContext
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 60 }

  init(_ widget: Widget, context: ConsoleContext) {
    self.widget = widget
    self.context = context
    form = Form([
      .note(
        "The token opens \(quotedName(widget.name)), and nothing else, for \(Expiry.defaultDays) days.",
        .plain), .gap,
      .text(
        .user,
        TextField("API user", placeholder: "the whole of its name", hasList: context.may(.securityRead))),
      .text(.name, TextField("Token name")), .gap,
      .buttons([Button(.add, "Add", isDefault: true), Button(.cancel, "Cancel")]),
    ])
  }

  var title: String { "Add token" }

  mutating func failed(_ problem: Problem) -> Effect<Message> {
    complain(problem.message.contains("API user") ? .user : .name, problem.message)
  }

  mutating func take(_ user: Name) -> Effect<Message> {
    form.setText(.user, user.text)
    form.setComplaint(.user, nil)
    form.focus(.name)
    return .none
  }

  mutating func changed(_ field: Field) -> Effect<Message> {
    judgeName(field)
    return .none
  }

  mutating func pressed(_ field: Field) -> Effect<Message> { field == .user ? pick() : add() }

  /// Lists the API users, filtered by the typed text.
  private func pick() -> Effect<Message> {
    .chooseAccount(.apiUser, title: "API user", filter: form.text(.user), context) { .news($1) }
  }

  private mutating func add() -> Effect<Message> {
    guard let user = name(.user), let name = name(.name) else { return .none }
    return busy(
      .run("adding the token") { [context, widget] in
        .ended(
          context.change { try $0.addToken(toAPIUserNamed: user, on: widget.id, name: name) }
            .map { Added(token: $0.name, user: user) })
      })
  }
}
