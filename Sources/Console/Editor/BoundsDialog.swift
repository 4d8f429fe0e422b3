import Access
import Administration
import Terminal

/// Asks from when and until when a role or a membership counts.
struct BoundsDialog: FormDialog {
  enum Field: FormField { case from, until, accept, cancel }
  typealias Outcome = Bounds

  private let context: ConsoleContext
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 58 }

  init(of what: String, _ bounds: Bounds, context: ConsoleContext) {
    self.context = context
    let clock = context.clock
    let entry = InstantEntry(clock: clock)
    form = Form(
      [
        .note(what, .bold),
        .note("In \(clock.zoneNames), or a distance as +14d; empty: no bound.", .muted),
        .gap, .text(.from, TextField("From", value: entry.text(bounds.from), placeholder: "at once")),
        .text(.until, TextField("Until", value: entry.text(bounds.until), placeholder: "no end")), .gap,
        .buttons([Button(.accept, "OK", isDefault: true), Button(.cancel, "Cancel")]),
      ], focus: .until)
  }

  var title: String { "From and until" }

  mutating func changed(_ field: Field) -> Effect<Message> {
    // A complaint about one field may be mended in the other.
    for field in [Field.from, .until] { form.setComplaint(field, nil) }
    return .none
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    let clock = context.clock
    var draft = BoundsDraft(.always)
    for (field, part) in zip([Field.from, .until], BoundsDraft.fields { clock }) {
      guard case .text(_, let put) = part.input, let complaint = put(&draft, form.text(field))
      else { continue }
      return complain(field, complaint)
    }
    return draft.bounds.map { close(with: $0) } ?? .none
  }
}
