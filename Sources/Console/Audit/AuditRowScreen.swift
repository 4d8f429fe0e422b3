import Access
import Administration
import Terminal

/// One row of the audit log: who, from where, and what was before and after.
struct AuditRowScreen: Screen {
  enum Message: Sendable {
    case scroll(Int)
    case jump, back
  }

  private let record: AuditRecord
  private let context: ConsoleContext
  private var scrolling = Scrolling()
  private var size = Size(columns: 80, rows: 24)

  init(_ record: AuditRecord, context: ConsoleContext) {
    self.record = record
    self.context = context
  }

  var title: String { "Row \(record.sequence)" }

  var bindings: [KeyBinding<Message>] {
    let jump = KeyBinding<Message>(
      .enter, "t", hint: "go to the target", help: "go to what it was done to", message: .jump)
    return (record.target.leadsSomewhere ? [jump] : []) + scrolling.bindings { .scroll($0) }
      + [KeyBinding(.escape, "q", hint: "back", message: .back)]
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    size = WhyText.room(in: bounds).size
    scrolling.fit(lines: lines.count, into: size.rows)
    return .none
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .scroll(let count): scrolling.move(by: count)
    case .back: return .close
    case .jump: return AuditDestination.go(to: record.target, context)
    }
    return .none
  }

  private var lines: [WhyText.Line] {
    let facts = record.facts.filter { !$0.value.isEmpty }.flatMap {
      WhyText.hanging($0.title.padded(to: 12), $0.value, .plain, columns: size.columns)
    }
    let fields = record.fields.flatMap(lines)
    return facts + [WhyText.Line()]
      + (fields.isEmpty ? [WhyText.Line("Nothing was changed.", .muted)] : fields)
  }

  /// What was before in one line, what is after in the next.
  private func lines(_ field: AuditField) -> [WhyText.Line] {
    let before = field.before.map {
      WhyText.hanging("- ", $0.isEmpty ? "nothing" : $0, Style(.danger), columns: size.columns)
    }
    let after = field.after.map {
      WhyText.hanging("+ ", $0.isEmpty ? "nothing" : $0, Style(.good), columns: size.columns)
    }
    return [WhyText.Line(field.name, .bold)] + (before ?? []) + (after ?? [])
  }

  func draw(on frame: inout Frame<Message>) {
    WhyText.draw(lines, from: scrolling.top, on: &frame)
    frame.wheel(frame.bounds, up: .scroll(-3), down: .scroll(3))
  }
}
