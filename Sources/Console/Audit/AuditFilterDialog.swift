import Access
import Administration
import Terminal

/// Asks which rows of the audit log are to be shown.
struct AuditFilterDialog: FormDialog {
  enum Part: Hashable, Sendable {
    case field(AuditFilter.Field)
    case apply, everything, cancel
  }
  enum Message: FormMessage {
    case form(Form<Part>.Message)
    case cancel
  }
  typealias Outcome = AuditFilter

  private let context: ConsoleContext
  private(set) var form: Form<Part>
  var columns = Self.widest
  static var widest: Int { 66 }

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

  mutating func update(_ message: Message) -> Effect<Message> {
    guard case .form(let message) = message else { return .close }
    switch form.update(message) {
    case .none: return .none
    case .changed(let part):
      form.setComplaint(part, nil)
      return .none
    case .pressed(.everything): return close(with: AuditFilter())
    case .pressed(.cancel): return .close
    case .pressed: return apply()
    }
  }

  private mutating func apply() -> Effect<Message> {
    var filter = AuditFilter()
    for field in AuditFilter.Field.allCases { filter[field] = form.text(.field(field)) }
    for field in AuditFilter.Field.allCases {
      guard let complaint = filter.complaint(field, now: context.now) else { continue }
      form.setComplaint(.field(field), complaint)
      form.focus(.field(field))
      return .none
    }
    return close(with: filter)
  }
}
