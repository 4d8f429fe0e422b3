import Access
import Administration
import Terminal

/// Asks which rows of the audit log are to be shown.
struct AuditFilterDialog: FormDialog {
  enum Field: FormField {
    case field(AuditFilter.Field)
    case apply, everything, cancel
  }
  typealias Outcome = AuditFilter

  private let context: ConsoleContext
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 66 }

  init(_ filter: AuditFilter, context: ConsoleContext) {
    self.context = context
    let fields = AuditFilter.Field.allCases.map { field in
      FormItem<Field>.text(
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

  mutating func pressed(_ field: Field) -> Effect<Message> {
    field == .everything ? close(with: AuditFilter()) : apply()
  }

  private mutating func apply() -> Effect<Message> {
    var filter = AuditFilter()
    for field in AuditFilter.Field.allCases { filter[field] = form.text(.field(field)) }
    for field in AuditFilter.Field.allCases {
      if let complaint = filter.complaint(field, now: context.now) {
        return complain(.field(field), complaint)
      }
    }
    return close(with: filter)
  }
}
