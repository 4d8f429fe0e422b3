import Access
import Administration
import Terminal

/// Asks for the name and the end of a new token, or for another end of an existing token.
struct TokenDialog: FormDialog {
  enum Field: FormField { case name, expiry, date, accept, cancel }
  /// The id of the token that was made or changed.
  typealias Outcome = TokenRowID
  private enum Task: Sendable {
    case add(AccountID)
    case setExpiry(TokenRowID, from: Expiry)
  }

  let title: String
  private let context: ConsoleContext
  private let task: Task
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 56 }

  static func add(to account: AccountID, context: ConsoleContext) -> TokenDialog {
    TokenDialog("Add token", .add(account), [.text(.name, TextField("Name")), .gap], action: "Add", context)
  }

  static func setExpiry(of token: Token, context: ConsoleContext) -> TokenDialog {
    let now = token.expiry.timestamp.map { "It expires on \($0.minute) UTC." } ?? "It never expires."
    return TokenDialog(
      "Change expiry", .setExpiry(token.id, from: token.expiry),
      [.note("\(quotedName(token.name)). \(now)", .plain), .gap],
      action: "Save", context)
  }

  private init(
    _ title: String, _ task: Task, _ items: [FormItem<Field>], action: String, _ context: ConsoleContext
  ) {
    self.title = title
    self.task = task
    self.context = context
    form = Form(
      items + [
        .radio(.expiry, RadioGroup("Expires", options: ExpiryChoice.allCases.map(\.title))),
        .text(.date, TextField("Date", placeholder: "2027-02-21")), .gap,
        .buttons([Button(.accept, action, isDefault: true), Button(.cancel, "Cancel")]),
      ])
    form.setHidden(.date, true)
  }

  mutating func failed(_ problem: Problem) -> Effect<Message> {
    guard case .add = task else { return .toast(problem) }
    form.setComplaint(.name, problem.message)
    return .none
  }

  mutating func changed(_ field: Field) -> Effect<Message> {
    switch field {
    case .expiry: form.setHidden(.date, choice != .date)
    case .name: judgeName(.name)
    default: form.setComplaint(field, nil)
    }
    return .none
  }

  private var choice: ExpiryChoice {
    ExpiryChoice.allCases[form.choice(.expiry) ?? 0]
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    switch choice.expiry(now: context.now, date: form.text(.date)) {
    case .failure(let problem): return complain(.date, problem.line)
    case .success(let expiry): return save(expiry)
    }
  }

  private mutating func save(_ expiry: Expiry) -> Effect<Message> {
    switch task {
    case .setExpiry(_, from: expiry): return .close
    case .setExpiry(let id, _):
      return busy(
        context.save(title, "saving") {
          try $0.setExpiry(expiry, of: id)
          return id
        } ended: {
          .ended($0)
        })
    case .add(let account):
      guard let name = name(.name) else { return .none }
      return busy(
        .run("adding the token") { [context] in
          .ended(context.change { try $0.addToken(to: account, name: name, expiry: expiry).id })
        })
    }
  }
}

/// A name in quotes, for the middle of a sentence.
func quotedName(_ name: Name) -> String { quoted(name.text) }
