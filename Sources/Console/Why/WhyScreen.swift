import Access
import Administration
import Store
import Terminal

/// *Why*: the decision about a request, with its reason. A person can change the request, and sees the new
/// answer at once.
struct WhyScreen: TextScreen {
  enum Message: ScrollMessage {
    /// - Parameter isOwed: whether the question must still be recorded.
    case decided(Result<Verdict, Problem>, isOwed: Bool)
    case recorded(Result<Void, Problem>)
    case alter(WhyPart)
    case chosen(WhyChoice)
    case scroll(Int)
  }

  let context: ConsoleContext
  private(set) var request: CheckRequest
  private var recorded: CheckRequest?
  private(set) var answer: Result<Verdict, Problem>?
  var scrolling = Scrolling()
  var size = Size(columns: 80, rows: 20)

  init(_ request: CheckRequest, context: ConsoleContext) {
    self.request = request
    self.context = context
  }

  var title: String { "Why" }
  var pageName: String? { "why" }

  private var verdict: Verdict? { try? answer?.get() }

  func lines(columns: Int) -> [WhyText.Line] {
    WhyText(request, answer, context.clock, columns: columns).lines
  }

  var actions: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if let verdict {
      let destinations = WhyDestination.all(of: verdict)
      let hint = verdict.decision.isAllowed ? "go to it" : "mend it"
      if !destinations.isEmpty {
        bindings.append(
          KeyBinding(.enter, "e", hint: hint, help: "go where this can be changed") {
            go(to: destinations, verdict.names)
          }.named("go"))
      }
    }
    if let verdict, !verdict.decision.isAllowed {
      bindings.append(context.proposing { [context, request] in context.propose(toAllow: { request }) })
    }
    bindings += WhyPart.allCases.filter { $0.applies(to: request) }.map { part in
      KeyBinding(
        part.key, hint: part.title.lowercased(), help: "ask for another \(part.title.lowercased())",
        group: "Ask", message: .alter(part))
    }
    return bindings + [KeyBinding("h", .left, hint: "back", isHinted: false) { .close }]
  }

  mutating func appear() -> Effect<Message> { decide() }
  /// Decides again, because the change made meanwhile may be the one that the person asks about.
  mutating func reappear() -> Effect<Message> { decide() }

  /// Decides the request. The question is recorded once, and not with each new decision.
  private mutating func decide() -> Effect<Message> {
    let isNew = recorded != request
    recorded = request
    return .run("deciding", cancelling: "decide") { [context, request] in
      var isOwed = false
      let answer = Problem.catching {
        let verdict = try context.administration.check(request)
        guard isNew else { return verdict }
        do { try context.administration.withoutWaiting.recordExplanation(of: verdict) } catch StoreError.busy
        {
          isOwed = true
        }
        return verdict
      }
      return .decided(answer, isOwed: isOwed)
    }
  }

  /// Records the question. A reader does not wait for writers: while somebody writes, it is recorded after it
  /// was shown.
  private func record() -> Effect<Message> {
    guard let verdict else { return .none }
    return .run("recording") { [context] in
      .recorded(Problem.catching { try context.administration.recordExplanation(of: verdict) })
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .decided(let result, let isOwed):
      answer = result
      fit()
      return isOwed ? record() : .none
    case .recorded(.success): return .none
    case .recorded(.failure(let problem)):
      // An answer that can't be recorded is not shown.
      answer = .failure(problem)
      fit()
      return .none
    case .alter(let part): return alter(part)
    case .chosen(let choice):
      request.take(choice)
      scrolling = Scrolling()
      fit()
      return decide()
    case .scroll(let count):
      scrolling.move(by: count)
      return .none
    }
  }

  private func alter(_ part: WhyPart) -> Effect<Message> {
    switch part {
    case .time: return .open(WhyDialogs.time(request.at, context.clock)) { .chosen($0) }
    case .source: return .open(WhyDialogs.source(request.source)) { .chosen($0) }
    default:
      return .reading("reading") {
        try context.administration.read { try WhyChoices($0, request, at: context.now).rows(of: part) }
      } then: {
        choose(part, $0)
      }
    }
  }

  private func choose(_ part: WhyPart, _ rows: [ChoiceDialog<WhyChoice>.Row]) -> Effect<Message> {
    guard !rows.isEmpty else { return .toast("there is no other \(part.title.lowercased())") }
    return .open(
      ChoiceDialog(title: part.title, rows: rows, selected: WhyChoice.current(part, of: request))
    ) { .chosen($0) }
  }

  private func go(to destinations: [WhyDestination], _ names: NameBook) -> Effect<Message> {
    guard destinations.count > 1 else { return destinations.first.map { .open($0.screen(context)) } ?? .none }
    let rows = destinations.map { ChoiceDialog.Row($0, $0.title(names)) }
    return .ask(ChoiceDialog(title: "Where to?", isMenu: true, rows: rows)) { .open($0.screen(context)) }
  }
}

extension WhyScreen {
  /// The question that a person most likely has about a subject.
  static func likelyRequest(
    of subject: SubjectID, token: TokenRowID? = nil, context: ConsoleContext
  ) -> Result<CheckRequest?, Problem> {
    context.read { reader in
      let source = AccessSource(reader)
      switch subject {
      case .team(let id): return try source.likelyRequest(of: id)
      case .account(let id):
        return try reader.account(id).flatMap {
          try source.likelyRequest(of: $0, token: token, at: context.now)
        }
      }
    }
  }
}
