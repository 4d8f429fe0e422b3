import Access
import Administration
import Terminal

/// Asks for the name, the beginning and the end of a new token, or for others of an existing token.
struct TokenDialog: FormDialog {
  enum Field: FormField { case name, expiry, end, from, accept, cancel }
  /// The id of the token that was made or changed.
  typealias Outcome = TokenRowID
  private enum Task: Sendable {
    case add(AccountID)
    case setValidity(Token)
  }

  let title: String
  private let context: ConsoleContext
  private let task: Task
  private let choices: [ExpiryChoice]
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 56 }

  static func add(to account: AccountID, context: ConsoleContext) -> TokenDialog {
    TokenDialog("Add token", .add(account), [.text(.name, TextField("Name")), .gap], action: "Add", context)
  }

  static func setValidity(of token: Token, context: ConsoleContext) -> TokenDialog {
    let clock = context.clock
    let now =
      token.expiry.timestamp.map { "It \(clock.now < $0 ? "expires" : "expired") \(clock.told($0))." }
      ?? "It never expires."
    return TokenDialog(
      "Change expiry", .setValidity(token), [.note("\(quotedName(token.name)). \(now)", .plain), .gap],
      action: "Save", context)
  }

  private init(
    _ title: String, _ task: Task, _ items: [FormItem<Field>], action: String, _ context: ConsoleContext
  ) {
    self.title = title
    self.task = task
    self.context = context
    let clock = context.clock
    var start: Timestamp?
    if case .setValidity(let token) = task {
      (choices, start) = (ExpiryChoice.forOld, token.validFrom)
    } else {
      choices = ExpiryChoice.forNew
    }
    let from = InstantEntry(clock: clock).text(start)
    form = Form(
      items + [
        .radio(.expiry, RadioGroup("Expires", options: choices.map { $0.title(clock) })),
        .text(.end, TextField("Time", placeholder: InstantEntry.placeholder)),
        .text(.from, TextField("From", value: from, placeholder: "at once; " + InstantEntry.placeholder)),
        .gap, .buttons([Button(.accept, action, isDefault: true), Button(.cancel, "Cancel")]),
      ])
    form.setHidden(.end, true)
  }

  mutating func failed(_ problem: Problem) -> Effect<Message> {
    guard case .add = task else { return .toast(problem) }
    form.setComplaint(.name, problem.message)
    return .none
  }

  mutating func changed(_ field: Field) -> Effect<Message> {
    switch field {
    case .expiry:
      form.setHidden(.end, choice != .instant)
      form.setComplaint(.from, nil)
    case .name: judgeName(.name)
    default: form.setComplaint(field, nil)
    }
    return .none
  }

  private var choice: ExpiryChoice {
    choices[form.choice(.expiry) ?? 0]
  }

  /// The end that the token has; for a new token the one that is usual.
  private var presentExpiry: Expiry {
    if case .setValidity(let token) = task { return token.expiry }
    return .at(context.now.adding(days: Expiry.defaultDays))
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    let clock = context.clock
    switch choice.expiry(presentExpiry, typed: form.text(.end), clock) {
    case .failure(let problem): return complain(.end, problem.line)
    case .success(let expiry):
      switch start(before: expiry, clock) {
      case .failure(let problem): return complain(.from, problem.line)
      case .success(let start): return save(from: start, expiry)
      }
    }
  }

  /// The beginning that was typed; nil for none.
  private func start(before expiry: Expiry, _ clock: Clock) -> Result<Timestamp?, Problem> {
    InstantEntry(clock: clock).instant(form.text(.from)).flatMap { start in
      guard let start, let end = expiry.timestamp, end <= start else { return .success(start) }
      return .failure(Problem("it must begin before it ends, \(clock.dated(end))"))
    }
  }

  private mutating func save(from start: Timestamp?, _ expiry: Expiry) -> Effect<Message> {
    switch task {
    case .setValidity(let token) where token.validFrom == start && token.expiry == expiry: return .close
    case .setValidity(let token):
      return busy(
        context.save(title, "saving") {
          try $0.setValidity(from: start, expiry, of: token.id)
          return token.id
        } ended: {
          .ended($0)
        })
    case .add(let account):
      guard let name = name(.name) else { return .none }
      return busy(
        .run("adding the token") { [context] in
          .ended(
            context.change {
              try $0.addToken(to: account, name: name, validFrom: start, expiry: expiry).id
            })
        })
    }
  }
}

/// A name in quotes, for the middle of a sentence.
func quotedName(_ name: Name) -> String { quoted(name.text) }
