import Access
import Administration
import Store
import Terminal

/// A denial in the list of recent ones.
struct DenialRow: ListRow {
  let denial: Denial
  let cursor: DenialCursor
  var id: Int64 { cursor.number }

  static func columns(_ context: ConsoleContext) -> [ListColumn<DenialRow>] {
    [
      .minutes("time", "Time", context) { Timestamp($0.denial.at) },
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
        ListCell($0.denial.request.source ?? "–")
      },
    ]
  }
}

/// Security → Recent denials: what the gate denied, the latest first.
struct DenialsScreen: ListScreen {
  typealias Message = LoadedList<DenialRow>.Message

  let title = "Recent denials"
  var place: Place? { Places.denials }
  private let context: ConsoleContext
  var rows: LoadedList<DenialRow>

  init(context: ConsoleContext) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: DenialRow.columns(context),
        emptyLine: "The gate denied nothing, as far as it is kept", isFilterable: false),
      source: .windows("reading denials") { _, position, limit in
        try context.administration.denials(position, limit: limit).map {
          DenialRow(denial: $0.denial, cursor: $0.cursor)
        }
      } count: { _ in
        try context.administration.denialCount()
      })
  }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "w", hint: "why", help: "why it was denied") {
        .open(DenialScreen($0.denial, context: context))
      },
      onRow(
        "p", hint: "propose", help: ConsoleContext.proposingHelp, isHinted: context.isProposingHinted,
        unless: context.proposingObstacle
      ) { context.propose(toMend: $0.denial) },
    ]
  }
}
