import Access
import Administration
import Terminal

/// Asks for the name and the end of a new token, or for another end of an existing token.
struct TokenDialog: FormDialog {
  enum Field: Hashable, Sendable { case name, expiry, date, accept, cancel }
  enum Message: FormMessage {
    case form(Form<Field>.Message)
    /// The dialog ended; nil where the person left it.
    case done(Result<TokenRowID, Problem>?)
    case cancel
  }
  /// The id of the token that was made or changed.
  typealias Outcome = TokenRowID
  private enum Task: Sendable {
    case add(AccountID)
    case setExpiry(TokenRowID, from: Expiry)
  }

  let title: String
  private let context: ConsoleContext
  private let task: Task
  private(set) var form: Form<Field>
  private var isSaving = false
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

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .cancel: return .close
    case .form(let message): return handle(form.update(message))
    case .done(.success(let id)): return close(with: id)
    case .done(nil):
      isSaving = false
      return .none
    case .done(.failure(let problem)):
      isSaving = false
      guard case .add = task else { return .toast(problem) }
      form.setComplaint(.name, problem.message)
      return .none
    }
  }

  private mutating func handle(_ reply: Form<Field>.Reply) -> Effect<Message> {
    switch reply {
    case .none: return .none
    case .pressed(.cancel): return .close
    case .pressed: return accept()
    case .changed(.expiry):
      form.setHidden(.date, choice != .date)
      return .none
    case .changed(.name):
      form.setComplaint(.name, NameEntry.complaint(form.text(.name), isFinal: false))
      return .none
    case .changed(let field):
      form.setComplaint(field, nil)
      return .none
    }
  }

  private var choice: ExpiryChoice {
    ExpiryChoice.allCases[form.choice(.expiry) ?? 0]
  }

  private mutating func accept() -> Effect<Message> {
    guard !isSaving else { return .none }
    switch choice.expiry(now: context.now, date: form.text(.date)) {
    case .failure(let problem):
      form.setComplaint(.date, problem.line)
      form.focus(.date)
      return .none
    case .success(let expiry): return save(expiry)
    }
  }

  private mutating func save(_ expiry: Expiry) -> Effect<Message> {
    switch task {
    case .setExpiry(_, from: expiry): return .close
    case .setExpiry(let id, _):
      isSaving = true
      return context.save(title, "saving") {
        try $0.setExpiry(expiry, of: id)
        return id
      } ended: {
        .done($0)
      }
    case .add(let account):
      form.setComplaint(.name, NameEntry.complaint(form.text(.name), isFinal: true))
      guard let name = try? Name(form.text(.name)) else {
        form.focus(.name)
        return .none
      }
      isSaving = true
      return .run("adding the token") { [context] in
        .done(context.change { try $0.addToken(to: account, name: name, expiry: expiry).id })
      }
    }
  }
}

/// A name in quotes, for the middle of a sentence.
func quotedName(_ name: Name) -> String { quoted(name.text) }
