import Access
import Administration
import Interchange
import Store
import Terminal

/// A proposal that waits for a second person: exactly what it would change, and the keys to decide it.
struct ProposalScreen: TextScreen {
  enum Message: ScrollMessage {
    case looked(Result<ProposalPreview, Problem>)
    case scroll(Int)
  }

  enum Decision: Hashable, Sendable {
    case agree, decline(Reason?), withdraw

    var done: String {
      switch self {
      case .agree: "agreed to"
      case .decline: "declined"
      case .withdraw: "withdrawn"
      }
    }
  }

  private let proposal: Proposal
  private let context: ConsoleContext
  private let isOwn: Bool
  private var preview: Result<ProposalPreview, Problem>?
  var scrolling = Scrolling()
  var size = Size(columns: 80, rows: 24)

  init(_ proposal: Proposal, context: ConsoleContext) {
    self.proposal = proposal
    self.context = context
    isOwn = context.administration.isOwn(proposal)
  }

  var title: String { "Proposal \(proposal.number)" }
  var pageName: String? { "proposal" }

  private var isOpen: Bool { proposal.isOpen(at: context.now) }

  /// Whether deciding is offered, which it is not in read-only mode. The permission is checked when the
  /// person decides.
  private var mayDecide: Bool {
    isOpen && !isOwn
      && context.administration.mayDecideProposals
  }

  private var canAgree: Bool {
    guard mayDecide, proposal.state == .waiting, case .success(let preview)? = preview else { return false }
    return preview.obstacle == nil
  }

  var actions: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if canAgree {
      bindings.append(
        KeyBinding("A", .enter, hint: "agree", help: "agree to it, as a second person", does: agree))
    }
    if mayDecide {
      bindings.append(
        KeyBinding("n", hint: "decline", help: "decline it: nothing is done", does: decline))
    }
    if isOpen, isOwn, !context.administration.isReadOnly {
      bindings.append(
        KeyBinding("W", hint: "withdraw", help: "take back what you asked for") {
          ask("Withdraw", .withdraw)
        })
    }
    return bindings
  }

  mutating func appear() -> Effect<Message> { look() }

  private func look() -> Effect<Message> {
    .run("looking what it does") { [context, number = proposal.number] in
      .looked(Problem.catching { try context.administration.preview(of: number, rows: 500) })
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .looked(let preview):
      self.preview = preview
      fit()
    case .scroll(let count): scrolling.move(by: count)
    }
    return .none
  }

  private func agree() -> Effect<Message> {
    let text = "\(quoted(proposal.asker)) asks to \(proposal.title). Agree?"
    guard proposal.kind.isCarriedOut else {
      return ConfirmDialog.destructive(
        title: "Agree", text: text, points: [proposal.agreeingWords], action: "Agree"
      ).confirmed(carryOut(.agree))
    }
    return EffectDialog(
      title: "Agree", text: text, points: [proposal.agreeingWords], action: "Agree", isDestructive: true,
      times: context.clock.words
    ) { [number = proposal.number] in context.effect { try $0.tryOut(number) } }
    .confirmed(carryOut(.agree))
  }

  /// Who asked for what they may not do is told why it is declined.
  private func decline() -> Effect<Message> {
    guard proposal.isForRequester else { return ask("Decline", .decline(nil)) }
    return .ask(DecliningDialog(proposal)) { carryOut(.decline($0)) }
  }

  private func ask(_ action: String, _ decision: Decision) -> Effect<Message> {
    ConfirmDialog.destructive(
      title: action, text: "\(action) proposal \(proposal.number)?",
      points: ["nothing is done; whoever asked can ask again"], action: action
    ).confirmed(carryOut(decision))
  }

  private func carryOut(_ decision: Decision) -> Effect<Message> {
    let number = proposal.number
    return .run("deciding") {
      Problem.catching {
        switch decision {
        case .agree: try context.administration.agree(to: number)
        case .decline(let reason): try context.administration.decline(number, because: reason)
        case .withdraw: try context.administration.withdraw(number)
        }
      }.problem
    } then: { problem in
      if let problem { return .batch(.toast(problem), look()) }
      return .batch(.toast("proposal \(number) \(decision.done)", .good), .close)
    }
  }

  func lines(columns: Int) -> [WhyText.Line] {
    let facts = proposal.facts(at: context.now, context.clock.words).filter { !$0.value.isEmpty }.flatMap {
      WhyText.hanging($0.title.padded(to: 14), $0.value, .plain, columns: columns)
    }
    guard isOpen, proposal.state == .waiting else { return facts }
    return facts + [WhyText.Line()] + difference(columns: columns)
  }

  private func difference(columns: Int) -> [WhyText.Line] {
    switch preview {
    case nil: [WhyText.Line("Looking what it does…", .muted)]
    case .failure(let problem):
      WhyText.hanging("✗ ", problem.line, Style(.danger), columns: columns)
    case .success(let preview):
      if let obstacle = preview.obstacle {
        WhyText.hanging("✗ ", "It can't be carried out: \(obstacle)", Style(.danger), columns: columns)
      } else {
        preview.lines.flatMap { $0.shown(columns: columns) } + byCommand(preview, columns: columns)
          + [WhyText.Line()]
          + WhyText.hanging("", proposal.agreeingWords.uppercasingFirst + ".", .muted, columns: columns)
      }
    }
  }
}

extension ProposalScreen {
  private func byCommand(_ preview: ProposalPreview, columns: Int) -> [WhyText.Line] {
    guard !preview.commands.isEmpty else { return [] }
    return [WhyText.Line(), WhyText.Line("By command:", .bold)]
      + preview.commands.flatMap { WhyText.command($0, columns: columns) }
  }
}

extension ProposalLine {
  fileprivate func shown(columns: Int) -> [WhyText.Line] {
    switch kind {
    case .heading: WhyText.hanging("", text, .bold, columns: columns)
    case .reason: WhyText.hanging("! ", text, Style(.danger, .bold), columns: columns)
    case .remark: WhyText.hanging("", text, .muted, columns: columns)
    case .field: WhyText.hanging("  ", text, .plain, columns: columns)
    case .before: WhyText.hanging("  - ", text, Style(.danger), columns: columns)
    case .after: WhyText.hanging("  + ", text, Style(.good), columns: columns)
    }
  }
}
