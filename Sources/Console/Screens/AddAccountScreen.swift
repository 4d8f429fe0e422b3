import Access
import Administration
import Store
import Terminal

/// The Add API user window, which also adds users who log in.
struct AddAccountScreen: FormDialog {
  enum Field: FormField { case name, addToken, tokenName, add, cancel }
  /// Whether a name is taken.
  struct News: Sendable {
    let name: String
    let isTaken: Bool
  }
  /// The account, and the token, that were added.
  struct Added: Hashable, Sendable {
    let account: AccountID
    let name: Name
    let token: TokenRowID?
  }
  typealias Outcome = Added

  private let context: ConsoleContext
  private let kind: AccountKind
  var form: Form<Field>
  private var problem: Problem?
  var columns = Self.widest
  static var widest: Int { 56 }

  init(_ kind: AccountKind, context: ConsoleContext) {
    self.context = context
    self.kind = kind
    form = Self.makeForm(kind, sealProblem: context.administration.sealProblem.map { Problem($0) })
  }

  private static func makeForm(_ kind: AccountKind, sealProblem: Problem?) -> Form<Field> {
    var items: [FormItem<Field>] = [.text(.name, TextField("Name")), .gap]
    if let sealProblem {
      items.append(.note("No token can be added here: \(sealProblem.line)", Style(.warning)))
    } else if kind == .apiUser {
      items.append(.check(.addToken, CheckBox("Add an API token")))
      items.append(.text(.tokenName, TextField("Token name")))
    }
    if items.count > 2 { items.append(.gap) }
    items.append(.buttons([Button(.add, "Add", isDefault: true), Button(.cancel, "Cancel")]))
    var form = Form(items, focus: .name)
    form.setHidden(.tokenName, true)
    return form
  }

  var title: String { "Add \(kind.title)" }
  var presentation: Presentation {
    let problemRows = problem?.lines(columns: columns).count ?? 0
    return .dialog(Size(columns: Self.widest, rows: form.rowCount(columns: columns) + problemRows))
  }

  mutating func take(_ news: News) -> Effect<Message> {
    if news.isTaken, form.text(.name) == news.name { form.setComplaint(.name, takenText) }
    return .none
  }

  mutating func failed(_ problem: Problem) -> Effect<Message> {
    self.problem = problem
    return .none
  }

  private var takenText: String {
    "there is \(kind == .user ? "a user" : "an API user") of that name already"
  }

  mutating func changed(_ field: Field) -> Effect<Message> {
    guard field != .addToken else {
      form.setHidden(.tokenName, !form.isChecked(.addToken))
      return .none
    }
    problem = nil
    judgeName(field)
    return field == .name ? look(for: form.text(.name)) : .cancel("look")
  }

  /// Looks while it is typed whether the name is taken.
  private func look(for text: String) -> Effect<Message> {
    guard let name = try? Name(text) else { return .cancel("look") }
    return .run("looking up the name", cancelling: "look", awaited: false) { [context, kind] in
      let taken = try? context.read { try $0.account(kind, named: NameKey(name)) != nil }.get()
      return .news(News(name: text, isTaken: taken ?? false))
    }
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    problem = nil
    guard let name = name(.name) else { return .none }
    let tokenName = form.isChecked(.addToken) ? self.name(.tokenName) : nil
    guard tokenName != nil || !form.isChecked(.addToken) else { return .none }
    return busy(
      .run("adding the \(kind.title)") { [context, kind] in
        .ended(
          context.change { change in
            let account = try change.addAccount(kind, name: name)
            let token = try tokenName.map { try change.addToken(to: account.id, name: $0) }
            return Added(account: account.id, name: name, token: token?.id)
          })
      })
  }

  func draw(on frame: inout Frame<Message>) {
    let rows = form.rowCount(columns: frame.bounds.columns)
    let (top, rest) = frame.bounds.splitTop(rows)
    drawForm(in: top, on: &frame)
    if let problem { frame.put(problem, in: rest) }
  }
}
