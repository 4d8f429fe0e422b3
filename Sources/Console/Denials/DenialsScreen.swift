import Access
import Administration
import Store
import Terminal

/// A denial in the list of recent ones.
struct DenialRow: ListRow {
  let denial: Denial
  let cursor: DenialCursor
  var id: Int64 { cursor.number }
}

/// Security → Recent denials: what the gate denied, the latest first.
struct DenialsScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<DenialRow>.Message)
    case show
  }

  private let context: ConsoleContext
  var rows: LoadedList<DenialRow>

  init(context: ConsoleContext) {
    self.context = context
    let list = WindowedList<DenialRow>(
      columns: [
        ListColumn("time", "Time (UTC)", width: .fixed(16)) {
          ListCell(Timestamp($0.denial.at)?.minute ?? $0.denial.at, .muted)
        },
        ListColumn("step", "Step", width: .fixed(9)) {
          ListCell($0.denial.explanation.deniedStep?.rawValue ?? "", Style(.danger))
        },
        ListColumn("token", "Token", width: .flexible(least: 14, weight: 3)) {
          ListCell($0.denial.token ?? "–")
        },
        ListColumn("place", "Asked for", width: .flexible(least: 14, weight: 3), priority: 1) {
          ListCell($0.denial.request.place ?? $0.denial.request.path ?? "–")
        },
        ListColumn("from", "From", width: .fixed(15), priority: 2) {
          ListCell($0.denial.request.source ?? "–", .muted)
        },
      ], emptyLine: "The gate denied nothing, as far as it is kept", isFilterable: false)
    rows = LoadedList(
      list,
      source: LoadedList.Source("reading denials") { request in
        Problem.catching {
          try request.page { position, limit in
            let page = try context.administration.denials(position.stored, limit: limit)
            return ListPage(
              rows: page.rows.map { DenialRow(denial: $0.denial, cursor: $0.cursor) },
              hasBefore: page.hasBefore, hasAfter: page.hasAfter)
          }
        }
      } count: { _ in
        Problem.catching { try context.administration.denialCount() }
      })
  }

  var title: String { "Recent denials" }
  var place: Place? { Places.denials }

  var bindings: [KeyBinding<Message>] {
    let show = KeyBinding<Message>(.enter, "w", hint: "why", help: "why it was denied", message: .show)
    return (rows.selected == nil ? [] : [show]) + listBindings
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return rows.update(message) { Message.rows($0) }.effect
    case .show: return rows.selected.map { .open(DenialScreen($0.denial, context: context)) } ?? .none
    }
  }
}
