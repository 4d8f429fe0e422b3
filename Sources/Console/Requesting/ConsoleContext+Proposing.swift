import Access
import Administration
import Store
import Terminal

extension ConsoleContext {
  /// The key that proposes to mend a denial. It stands in the hint bar of a person who can't mend it themselves.
  func proposing<Message>(
    unless obstacle: String? = nil, does effect: @escaping @Sendable () -> Effect<Message>
  ) -> KeyBinding<Message> {
    KeyBinding(
      "p", hint: "propose", help: Self.proposingHelp, isHinted: isProposingHinted,
      unless: obstacle ?? proposingObstacle, does: effect)
  }

  static var proposingHelp: String { "propose what would allow it to those who may do it" }

  /// Whether a person may change what takes a permission, or may propose the change to those who may make it.
  func mayEdit(_ permission: Permission) -> Bool { may(permission) || proposingObstacle == nil }

  /// The reason why nothing can be proposed now; nil where it can.
  var proposingObstacle: String? { administration.proposingProblem.map { Problem($0).line } }

  var isProposingHinted: Bool { proposingObstacle == nil && !administration.mayDecideProposals }

  /// Asks what is to be proposed, why and until when, and proposes it.
  func propose<Message>(
    toAllow request: @escaping @Sendable () throws -> CheckRequest, after decision: DecisionID? = nil
  ) -> Effect<Message> {
    .reading("looking what would allow it") {
      let request = try request()
      return (request, try administration.mendings(of: request))
    } then: { request, mendings in
      if mendings.count == 1, let only = mendings.first { return propose(only, request, decision) }
      let rows = mendings.map { ChoiceDialog.Row($0, $0.words) }
      return .ask(ChoiceDialog(title: "What is to be proposed?", isMenu: true, rows: rows)) {
        propose($0, request, decision)
      }
    }
  }

  /// Proposes to mend a denial of the gate.
  func propose<Message>(toMend denial: Denial) -> Effect<Message> {
    propose(toAllow: { try administration.request(of: denial) }, after: denial.decision)
  }

  private func propose<Message>(
    _ mending: Mending, _ request: CheckRequest, _ decision: DecisionID?
  ) -> Effect<Message> {
    let dialog = ProposeDialog(mending.words, until: InstantEntry(clock: clock)) { reason, until in
      Problem.catching {
        try administration.propose(
          MendingRequest(mending, allowing: request, because: reason, until: until, after: decision))
      }
    }
    return .ask(dialog) { .toast($0) }
  }
}

extension Effect {
  /// Tells the number of a proposal.
  static func toast(_ ending: ProposingEnding) -> Effect {
    guard case .proposed(let proposal) = ending else { return .none }
    return .toast("proposed, as proposal \(proposal.number) in the Inbox", .good)
  }
}
