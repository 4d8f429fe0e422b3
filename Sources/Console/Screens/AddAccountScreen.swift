import Access
import Administration
import Store
import Terminal

/// The Add API user window, which also adds users who log in.
struct AddAccountScreen: FormDialog {
  enum Field: Hashable, Sendable { case name, addToken, tokenName, add, cancel }
  enum Message: FormMessage {
    case form(Form<Field>.Message)
    case looked(name: String, isTaken: Bool)
    case added(Result<Added, Problem>)
    case cancel
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
  private(set) var form: Form<Field>
  private var isAdding = false
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

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .cancel: return .close
    case .form(let message): return handle(form.update(message))
    case .looked(let name, let isTaken):
      if isTaken, form.text(.name) == name { form.setComplaint(.name, takenText) }
      return .none
    case .added(.success(let added)): return close(with: added)
    case .added(.failure(let problem)):
      isAdding = false
      self.problem = problem
      return .none
    }
  }

  private var takenText: String {
    "there is \(kind == .user ? "a user" : "an API user") of that name already"
  }

  private mutating func handle(_ reply: Form<Field>.Reply) -> Effect<Message> {
    switch reply {
    case .none: return .none
    case .pressed(.cancel): return .close
    case .pressed: return add()
    case .changed(.addToken):
      form.setHidden(.tokenName, !form.isChecked(.addToken))
      return .none
    case .changed(let field): return judge(field)
    }
  }

  /// Checks a field while a person types: shows what is wrong, and whether the name is taken.
  private mutating func judge(_ field: Field) -> Effect<Message> {
    problem = nil
    let text = form.text(field)
    let complaint = NameEntry.complaint(text, isFinal: false)
    form.setComplaint(field, complaint)
    guard field == .name, complaint == nil, let name = try? Name(text) else { return .cancel("look") }
    return .run("looking up the name", cancelling: "look", awaited: false) { [context, kind] in
      let taken = try? context.read { try $0.account(kind, named: NameKey(name)) != nil }.get()
      return .looked(name: text, isTaken: taken ?? false)
    }
  }

  private mutating func add() -> Effect<Message> {
    guard !isAdding else { return .none }
    problem = nil
    guard let name = check(.name) else { return .none }
    let tokenName = form.isChecked(.addToken) ? check(.tokenName) : nil
    guard tokenName != nil || !form.isChecked(.addToken) else { return .none }
    isAdding = true
    return .run("adding the \(kind.title)") { [context, kind] in
      .added(
        context.change { change in
          let account = try change.addAccount(kind, name: name)
          let token = try tokenName.map { try change.addToken(to: account.id, name: $0) }
          return Added(account: account.id, name: name, token: token?.id)
        })
    }
  }

  private mutating func check(_ field: Field) -> Name? {
    let text = form.text(field)
    if let complaint = NameEntry.complaint(text, isFinal: true) {
      form.setComplaint(field, complaint)
      form.focus(field)
      return nil
    }
    return try? Name(text)
  }

  func draw(on frame: inout Frame<Message>) {
    let rows = form.rowCount(columns: frame.bounds.columns)
    let (top, rest) = frame.bounds.splitTop(rows)
    drawForm(in: top, on: &frame)
    if let problem { frame.put(problem, in: rest) }
  }
}
