import Access
import Administration
import Store
import Terminal

/// Why the gate denied a request, as it was then.
struct DenialScreen: Screen {
  enum Message: Sendable {
    case scroll(Int)
    case back
  }

  private let denial: Denial
  private let context: ConsoleContext
  private var scrolling = Scrolling()
  private var size = Size(columns: 80, rows: 24)

  init(_ denial: Denial, context: ConsoleContext) {
    self.denial = denial
    self.context = context
  }

  var title: String { "Decision \(denial.id)" }

  var bindings: [KeyBinding<Message>] {
    let token = denial.account.map { account in
      KeyBinding<Message>(
        .enter, "e", hint: "go to the token", help: "open the tokens of its user"
      ) { goToToken(of: account) }
    }
    return [token].compactMap { $0 } + scrolling.bindings { .scroll($0) }
      + [KeyBinding(.escape, "q", hint: "back", message: .back)]
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    size = WhyText.room(in: bounds).size
    scrolling.fit(lines: lines.count, into: size.rows)
    return .none
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .scroll(let count): scrolling.move(by: count)
    case .back: return .close
    }
    return .none
  }

  private func goToToken(of account: AccountID) -> Effect<Message> {
    .reading("reading") {
      try context.administration.read { try $0.account(account)?.kind }
    } then: { kind in
      guard let kind else { return .toast("its user was deleted meanwhile", .warning) }
      let target = EditorTarget(.tokens, token: denial.tokenID.flatMap { TokenRowID($0) })
      return .open(context.editor(.account(account), kind, at: target))
    }
  }

  private var lines: [WhyText.Line] {
    let width = size.columns
    let asked = denial.facts.flatMap {
      WhyText.hanging($0.title.padded(to: 12), $0.text, .plain, columns: width)
    }
    let verdict = WhyText.hanging(
      "", "✗ DENIED: \(denial.explanation.reason)", Style(.danger, .bold), columns: width)
    let steps = WhyText.steps(of: denial.explanation, columns: width)
    let fixes = denial.explanation.fixes
    let mending =
      fixes.isEmpty
      ? []
      : [WhyText.Line(), WhyText.Line("What would have allowed it:", .bold)]
        + fixes.flatMap { WhyText.hanging("- ", $0, .plain, columns: width) }
    return asked + [WhyText.Line()] + verdict + [WhyText.Line()] + steps + mending
  }

  func draw(on frame: inout Frame<Message>) {
    WhyText.draw(lines, from: scrolling.top, on: &frame)
    frame.wheel(frame.bounds, up: .scroll(-3), down: .scroll(3))
  }
}
