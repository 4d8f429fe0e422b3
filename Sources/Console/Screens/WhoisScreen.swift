import Access
import Administration
import Terminal

/// Tells who owns a pasted Token ID, and leads to its token. The Token ID itself is never shown.
struct WhoisScreen: Screen {
  enum Message: Sendable {
    case found(Result<TokenOwner, Problem>)
    case open, close
  }

  private let context: ConsoleContext
  /// The pasted text, which is forgotten after the look-up.
  private var pasted: SecretPaste?
  private var result: Result<TokenOwner, Problem>?

  init(pasted: String, context: ConsoleContext) {
    self.context = context
    self.pasted = SecretPaste(text: pasted)
  }

  var title: String { "Whose token is this?" }
  var presentation: Presentation { .dialog(Size(columns: 60, rows: 6)) }

  var bindings: [KeyBinding<Message>] {
    var bindings = [KeyBinding<Message>(.escape, hint: "close", message: .close)]
    if case .success = result {
      bindings.insert(KeyBinding(.enter, hint: "go to it", help: "go to the token", message: .open), at: 0)
    } else if result != nil {
      bindings[0] = KeyBinding(.escape, .enter, hint: "close", message: .close)
    }
    return bindings
  }

  mutating func appear() -> Effect<Message> {
    guard let secret = pasted else { return .none }
    pasted = nil
    return .run("looking the token up") { [context] in
      .found(Problem.catching { try context.administration.whois(pasted: secret.text) })
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .found(let result): self.result = result
    case .close: return .close
    case .open:
      guard case .success(let owner) = result else { return .none }
      return .replace(
        context.editor(
          .account(owner.account.id), owner.account.kind,
          at: EditorTarget(.tokens, token: owner.token.id)))
    }
    return .none
  }

  func draw(on frame: inout Frame<Message>) {
    let area = frame.bounds
    switch result {
    case nil: frame.put("Looking it up…", in: area, style: .muted)
    case .failure(let problem): frame.put(problem, in: area)
    case .success(let owner): draw(owner, in: area, on: &frame)
    }
  }

  private func draw(_ owner: TokenOwner, in area: Rect, on frame: inout Frame<Message>) {
    let token = owner.token
    let lines = [
      (
        "User",
        "\(owner.account.name.text) (\(owner.account.kind.title)\(owner.account.isEnabled ? "" : ", disabled"))"
      ),
      ("Token", "\(token.name.text)  \(token.hint.masked)"),
      ("State", token.state(at: context.now).rawValue),
      ("Expires", token.expiry.timestamp.map { context.clock.wholeEnd($0).text } ?? "never"),
    ]
    for (offset, line) in lines.enumerated() {
      frame.put(line.0, column: area.column, row: area.row + offset, style: .muted)
      frame.put(line.1, column: area.column + 9, row: area.row + offset, columns: area.columns - 9)
    }
    let button = Rect(column: area.column, row: area.row + 5, columns: 9, rows: 1)
    frame.put("[ Go to ]", in: button, style: Style(.accent, .bold))
    frame.clickable(button, .open)
  }
}

/// A pasted text until it is looked up. Printing or dumping this value shows nothing of the text.
struct SecretPaste: Sendable, CustomStringConvertible, CustomReflectable {
  let text: String
  var description: String { "(pasted text)" }
  var customMirror: Mirror { Mirror(self, children: [:]) }
}
