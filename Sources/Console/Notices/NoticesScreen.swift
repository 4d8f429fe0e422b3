import Access
import Administration
import Store
import Terminal

extension Notice: Identifiable { package var id: Int64 { number } }

/// Security → Notices: what popsec told of by itself, and what became of it, the latest first.
struct NoticesScreen: ListScreen {
  typealias Message = LoadedList<Numbered<Notice>>.Message

  let title = "Notices"
  var place: Place? { Places.notices }
  private let context: ConsoleContext
  var rows: LoadedList<Numbered<Notice>>

  init(context: ConsoleContext) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          .minutes("raised", "Raised", context) { $0.raisedAt },
          ListColumn("type", "Type", width: .fixed(16), priority: 1) { ListCell($0.event.condition) },
          ListColumn("what", "What", width: .flexible(least: 30, weight: 4)) { ListCell($0.event.words) },
          ListColumn("state", "State", width: .fixed(9)) { row in
            ListCell(row.state.word, row.state == .delivered ? .muted : Style(.warning, .bold))
          },
        ], emptyLine: "Nothing was raised, as far as it is kept", isFilterable: false),
      source: .whole("reading notices") {
        try context.administration.notices(before: nil, limit: maximumPageRows)
      })
  }

  var inset: Int { 1 }
  /// The words of the selected notice, which a row has no room for.
  func details(rows count: Int) -> [String] { rows.selected.map { [$0.event.words] } ?? [] }
  func detailRows(in bounds: Rect) -> Int { bounds.rows >= 12 ? 3 : 0 }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "e", hint: "show", help: "show all that is known of it") {
        .open(NoticeScreen($0.value, context: context))
      }
    ]
  }
}
