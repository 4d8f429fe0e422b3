import Access
import Terminal

/// Asks for the text of a value, or for an empty text.
struct ValueDialog<Value: Sendable>: FormDialog {
  enum Field: Hashable, Sendable { case value, accept, cancel }
  enum Message: FormMessage {
    case form(Form<Field>.Message)
    case cancel
  }
  typealias Outcome = Value

  let title: String
  private let parse: @Sendable (String) -> Result<Value, Problem>
  private(set) var form: Form<Field>
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

  mutating func update(_ message: Message) -> Effect<Message> {
    guard case .form(let message) = message else { return .close }
    switch form.update(message) {
    case .none: return .none
    case .pressed(.cancel): return .close
    case .changed:
      form.setComplaint(.value, nil)
      return .none
    case .pressed:
      switch parse(form.text(.value)) {
      case .success(let value): return close(with: value)
      case .failure(let problem):
        form.setComplaint(.value, problem.message)
        return .none
      }
    }
  }
}

enum WhyDialogs {
  static func time(_ current: Timestamp?) -> ValueDialog<WhyChoice> {
    ValueDialog(
      title: "Time of the request", label: "Time", value: current?.description ?? "",
      placeholder: "empty: now; 2027-02-21T00:00:00Z"
    ) { text in
      if text.isEmpty { return .success(.time(nil)) }
      return Timestamp(text).map { .success(.time($0)) }
        ?? .failure(Problem("write 2027-02-21 or 2027-02-21T00:00:00Z"))
    }
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
