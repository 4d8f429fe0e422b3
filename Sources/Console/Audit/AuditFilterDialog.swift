import Access
import Administration
import Terminal

/// Asks which rows of the audit log are to be shown.
struct AuditFilterDialog: Screen {
  enum Part: Hashable, Sendable {
    case field(AuditFilter.Field)
    case apply, everything, cancel
  }
  enum Message: Sendable {
    case form(Form<Part>.Message)
    case cancel
  }
  typealias Outcome = AuditFilter

  private let context: ConsoleContext
  private var form: Form<Part>
  private var columns = 66

  init(_ filter: AuditFilter, context: ConsoleContext) {
    self.context = context
    let fields = AuditFilter.Field.allCases.map { field in
      FormItem<Part>.text(
        .field(field), TextField(field.label, value: filter[field], placeholder: field.placeholder))
    }
    form = Form(
      fields + [
        .gap,
        .buttons([
          Button(.apply, "Show", isDefault: true), Button(.everything, "Everything"),
          Button(.cancel, "Cancel"),
        ]),
      ])
  }

  var title: String { "Which rows?" }
  var presentation: Presentation { .dialog(Size(columns: 66, rows: form.rowCount(columns: columns))) }

  var bindings: [KeyBinding<Message>] {
    form.bindings.map { $0.map { .form($0) } } + [KeyBinding(.escape, hint: "cancel", message: .cancel)]
  }

  func typed(_ input: TextInput) -> Message? { form.typed(input).map { .form($0) } }

  mutating func layout(in bounds: Rect) -> Effect<Self> {
    columns = bounds.columns
    return .none
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    guard case .form(let message) = message else { return .close }
    switch form.update(message) {
    case .none: return .none
    case .changed(let part):
      form.setComplaint(part, nil)
      return .none
    case .pressed(.everything): return .close(with: AuditFilter())
    case .pressed(.cancel): return .close
    case .pressed: return apply()
    }
  }

  private mutating func apply() -> Effect<Self> {
    var filter = AuditFilter()
    for field in AuditFilter.Field.allCases { filter[field] = form.text(.field(field)) }
    for field in AuditFilter.Field.allCases {
      guard let complaint = filter.complaint(field, now: context.now) else { continue }
      form.setComplaint(.field(field), complaint)
      form.focus(.field(field))
      return .none
    }
    return .close(with: filter)
  }

  func draw(on frame: inout Frame<Message>) {
    frame.child(frame.bounds, { .form($0) }) { form.draw(in: $0.bounds, on: &$0) }
  }
}
