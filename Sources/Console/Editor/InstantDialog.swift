import Access
import Administration
import Terminal

/// The instant that a person looks at.
struct LookedAt: Hashable, Sendable {
  /// The instant; nil for now.
  let instant: Timestamp?
}

/// Asks for the instant that is looked at.
struct InstantDialog: FormDialog {
  enum Field: FormField { case instant, accept, cancel }
  typealias Outcome = LookedAt

  private let context: ConsoleContext
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 58 }

  init(_ instant: Timestamp?, context: ConsoleContext) {
    self.context = context
    let clock = context.clock
    form = Form([
      .note("Shows what the store as it is now gives at another instant.", .plain),
      .note("In \(clock.zoneNames), or a distance as +14d; empty: now.", .muted), .gap,
      .text(
        .instant,
        TextField("At", value: InstantEntry(clock: clock).text(instant), placeholder: "now")), .gap,
      .buttons([Button(.accept, "Look", isDefault: true), Button(.cancel, "Cancel")]),
    ])
  }

  var title: String { "Look at another instant" }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    switch InstantEntry(clock: context.clock).instant(form.text(.instant)) {
    case .failure(let problem): return complain(.instant, problem.line)
    case .success(let instant): return close(with: LookedAt(instant: instant))
    }
  }
}
