import Access
import Administration
import Store
import Terminal

/// Checks the text of a reason while a person types it.
enum ReasonEntry {
  static func parse(_ text: String) -> Result<Reason, Problem> {
    do { return .success(try Reason(text)) } catch { return .failure(Problem(error.description)) }
  }

  /// The number of characters that a field takes; a longer text is refused, and not cut silently.
  static let maximum = Summary.maximumCharacterCount
}

/// Asks for the sentence that the person reads whose proposal is declined.
struct DecliningDialog: FormDialog {
  enum Field: FormField { case reason, accept, cancel }
  typealias Outcome = Reason

  let title = "Decline"
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 66 }

  init(_ proposal: Proposal) {
    form = Form(
      [
        .note("Nothing is done. \(quoted(proposal.asker)) reads why:", .plain), .gap,
        .text(.reason, TextField("Because", maximum: ReasonEntry.maximum)), .gap,
        .buttons([Button(.accept, "Decline", isDefault: true), Button(.cancel, "Cancel")]),
      ], focus: .reason)
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    switch ReasonEntry.parse(form.text(.reason)) {
    case .success(let reason): close(with: reason)
    case .failure(let problem): complain(.reason, problem.message)
    }
  }
}

/// The way in which proposing ended.
enum ProposingEnding: Sendable {
  case proposed(Proposal)
  case cancelled
}

/// Asks for the reason and the end of a change that somebody else is to make.
struct ProposeDialog: FormDialog {
  enum Field: FormField { case reason, until, accept, cancel }
  typealias Outcome = ProposingEnding

  let title = "Propose"
  private let asksEnd: Bool
  private let propose: @Sendable (Reason, Timestamp?) -> Result<Proposal, Problem>
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 70 }

  /// - Parameters:
  ///   - what: the change, as an order.
  ///   - asksEnd: whether the end of what is given may be typed. Edits of a page have their ends already.
  init(
    _ what: String, asksEnd: Bool, propose: @escaping @Sendable (Reason, Timestamp?) -> Result<Proposal, Problem>
  ) {
    self.propose = propose
    self.asksEnd = asksEnd
    let end = TextField("Until", placeholder: "empty: no end; 2027-02-21T00:00:00Z")
    form = Form(
      [
        .note("\(what.uppercasingFirst).", .bold),
        .note("The Inbox shows it to whoever may do it. Nothing is done before.", .muted), .gap,
        .text(.reason, TextField("Reason", maximum: ReasonEntry.maximum, placeholder: "why it is needed")),
      ] + (asksEnd ? [.text(.until, end)] : []) + [
        .gap, .buttons([Button(.accept, "Propose", isDefault: true), Button(.cancel, "Cancel")]),
      ], focus: .reason)
  }

  func cancel() -> Effect<Message> { close(with: .cancelled) }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    let text = asksEnd ? form.text(.until) : ""
    let until = text.isEmpty ? nil : Timestamp(text)
    guard text.isEmpty || until != nil else {
      return complain(.until, "write 2027-02-21 or 2027-02-21T00:00:00Z")
    }
    switch ReasonEntry.parse(form.text(.reason)) {
    case .success(let reason): return busy(.run("proposing") { [propose] in
        .ended(propose(reason, until).map { .proposed($0) })
      })
    case .failure(let problem): return complain(.reason, problem.message)
    }
  }
}
