import Access
import Administration
import Terminal

/// One row of the audit log: who did what, from where, and the values before and after.
struct AuditRowScreen: TextScreen {
  typealias Message = Scroll

  private let record: AuditRecord
  private let context: ConsoleContext
  var scrolling = Scrolling()
  var size = Size(columns: 80, rows: 24)

  init(_ record: AuditRecord, context: ConsoleContext) {
    self.record = record
    self.context = context
  }

  var title: String { "Row \(record.sequence)" }
  var pageName: String? { "audit-row" }

  var actions: [KeyBinding<Message>] {
    let obstacle = record.target.leadsSomewhere ? nil : AuditDestination.nowhere
    return [
      KeyBinding(
        .enter, "t", hint: "go to the target", help: "go to what it was done to", unless: obstacle
      ) { AuditDestination.go(to: record.target, context) }
    ]
  }

  func lines(columns: Int) -> [WhyText.Line] {
    let facts = record.facts(context.clock.words).filter { !$0.value.isEmpty }.flatMap {
      WhyText.hanging($0.title.padded(to: 12), $0.value, .plain, columns: columns)
    }
    let fields = record.fields.flatMap { lines($0, columns: columns) }
    return facts + [WhyText.Line()]
      + (fields.isEmpty ? [WhyText.Line("Nothing was changed.", .muted)] : fields)
  }

  /// The value before in one line, and the value after in the next.
  private func lines(_ field: AuditField, columns: Int) -> [WhyText.Line] {
    let before = field.before.map {
      WhyText.hanging("- ", $0.isEmpty ? "nothing" : $0, Style(.danger), columns: columns)
    }
    let after = field.after.map {
      WhyText.hanging("+ ", $0.isEmpty ? "nothing" : $0, Style(.good), columns: columns)
    }
    return [WhyText.Line(field.name, .bold)] + (before ?? []) + (after ?? [])
  }
}
