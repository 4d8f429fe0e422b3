import Access
import Administration
import Terminal

/// The instant that a person looks at.
struct LookedAt: Hashable, Sendable {
  /// The instant; nil for now.
  let instant: Timestamp?
}

/// Asks for an instant.
struct InstantDialog: FormDialog {
  enum Field: FormField { case instant, accept, cancel }
  typealias Outcome = LookedAt

  let title: String
  private let context: ConsoleContext
  /// The reason why an instant can't be taken; nil where it can.
  private let refusal: @Sendable (Timestamp?) -> String?
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 58 }

  private init(
    _ title: String, _ text: String, _ instant: Timestamp?, empty: String?, action: String,
    context: ConsoleContext, refusal: @escaping @Sendable (Timestamp?) -> String?
  ) {
    (self.title, self.context, self.refusal) = (title, context, refusal)
    let clock = context.clock
    let unbounded = empty.map { "; empty: \($0)" } ?? ""
    form = Form([
      .note(text, .plain), .note("In \(clock.zoneNames), or a distance as +14d\(unbounded).", .muted), .gap,
      .text(
        .instant,
        TextField(
          "At", value: InstantEntry(clock: clock).text(instant),
          placeholder: empty ?? InstantEntry.placeholder)), .gap,
      .buttons([Button(.accept, action, isDefault: true), Button(.cancel, "Cancel")]),
    ])
  }

  /// Asks for the instant that is looked at.
  static func lookingAt(_ instant: Timestamp?, context: ConsoleContext) -> InstantDialog {
    InstantDialog(
      "Look at another instant", "Shows what the store as it is now gives at another instant.", instant,
      empty: "now", action: "Look", context: context
    ) { _ in nil }
  }

  /// Asks when the Token ID before ends at the latest.
  static func endOfOlderID(of token: Name, context: ConsoleContext) -> InstantDialog {
    InstantDialog(
      "Rotate token", "When does the Token ID of \(quotedName(token)) that is valid now end at the latest?",
      nil,
      empty: nil, action: "Rotate", context: context
    ) { end in
      guard let end else { return "an instant is missing; \(InstantEntry.hint)" }
      return end > context.now ? nil : "\(context.clock.dated(end)) lies in the past"
    }
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    switch InstantEntry(clock: context.clock).instant(form.text(.instant)) {
    case .failure(let problem): return complain(.instant, problem.line)
    case .success(let instant):
      if let reason = refusal(instant) { return complain(.instant, reason) }
      return close(with: LookedAt(instant: instant))
    }
  }
}
