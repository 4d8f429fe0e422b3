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
  /// Reads the end; nil where none is asked for.
  private let end: InstantEntry?
  private let propose: @Sendable (Reason, Timestamp?) -> Result<Proposal, Problem>
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 70 }

  /// - Parameters:
  ///   - what: the change, as an order.
  ///   - end: reads the end of what is given; nil for the edits of a page, which have their ends already.
  init(
    _ what: String, until end: InstantEntry?,
    propose: @escaping @Sendable (Reason, Timestamp?) -> Result<Proposal, Problem>
  ) {
    self.propose = propose
    self.end = end
    let until = TextField("Until", placeholder: "no end; " + InstantEntry.placeholder)
    form = Form(
      [
        .note("\(what.uppercasingFirst).", .bold),
        .note("The Inbox shows it to whoever may do it. Nothing is done before.", .muted), .gap,
        .text(.reason, TextField("Reason", maximum: ReasonEntry.maximum, placeholder: "why it is needed")),
      ] + (end == nil ? [] : [.text(.until, until)]) + [
        .gap, .buttons([Button(.accept, "Propose", isDefault: true), Button(.cancel, "Cancel")]),
      ], focus: .reason)
  }

  func cancel() -> Effect<Message> { close(with: .cancelled) }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    let until: Timestamp?
    switch end.map({ $0.instant(form.text(.until)) }) ?? .success(nil) {
    case .success(let instant): until = instant
    case .failure(let problem): return complain(.until, problem.line)
    }
    switch ReasonEntry.parse(form.text(.reason)) {
    case .success(let reason):
      return busy(
        .run("proposing") { [propose] in
          .ended(propose(reason, until).map { .proposed($0) })
        })
    case .failure(let problem): return complain(.reason, problem.message)
    }
  }
}
