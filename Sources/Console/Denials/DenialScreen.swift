import Access
import Administration
import Store
import Terminal

/// The reason why the gate denied a request, as it was at that time.
struct DenialScreen: TextScreen {
  typealias Message = Scroll

  private let denial: Denial
  private let context: ConsoleContext
  var scrolling = Scrolling()
  var size = Size(columns: 80, rows: 24)

  init(_ denial: Denial, context: ConsoleContext) {
    self.denial = denial
    self.context = context
  }

  var title: String { "Decision \(denial.id)" }
  var pageName: String? { "denial" }

  var actions: [KeyBinding<Message>] {
    [
      KeyBinding(
        .enter, "e", hint: "go to the token", help: "open the tokens of its user",
        unless: denial.account == nil ? "it is not known whose token it was" : nil
      ) { denial.account.map(goToToken) ?? .none },
      context.proposing { [context, denial] in context.propose(toMend: denial) },
    ]
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

  func lines(columns width: Int) -> [WhyText.Line] {
    let asked = denial.facts(context.clock.words).flatMap {
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
}
