import Access
import Terminal

/// Asks for the text of a value, or for an empty text.
struct ValueDialog<Value: Sendable>: FormDialog {
  enum Field: FormField { case value, accept, cancel }
  typealias Outcome = Value

  let title: String
  private let parse: @Sendable (String) -> Result<Value, Problem>
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 50 }

  init(
    title: String, label: String, value: String, placeholder: String,
    parse: @escaping @Sendable (String) -> Result<Value, Problem>
  ) {
    self.title = title
    self.parse = parse
    form = Form(
      [
        .text(.value, TextField(label, value: value, placeholder: placeholder)), .gap,
        .buttons([Button(.accept, "Ask", isDefault: true), Button(.cancel, "Cancel")]),
      ], focus: .value)
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    switch parse(form.text(.value)) {
    case .success(let value): return close(with: value)
    case .failure(let problem):
      form.setComplaint(.value, problem.line)
      return .none
    }
  }
}

enum WhyDialogs {
  static func time(_ current: Timestamp?, _ clock: Clock) -> ValueDialog<WhyChoice> {
    let entry = InstantEntry(clock: clock)
    return ValueDialog(
      title: "Time of the request", label: "Time (\(clock.zoneNames))", value: entry.text(current),
      placeholder: "empty: now; 2027-02-21 18:00"
    ) { entry.instant($0).map { .time($0) } }
  }

  static func source(_ current: IPAddress?) -> ValueDialog<WhyChoice> {
    ValueDialog(
      title: "Source of the request", label: "Address", value: current?.description ?? "",
      placeholder: "empty: not said; 10.1.2.3"
    ) { text in
      if text.isEmpty { return .success(.source(nil)) }
      return IPAddress(text).map { .success(.source($0)) } ?? .failure(Problem("this is no IP address"))
    }
  }
}
