import Access
import Administration
import Store
import Terminal

extension Proposal: Identifiable { package var id: Int64 { number } }

/// Security → Inbox: the proposals that wait for a second person, the latest first, and those that were
/// decided recently.
struct InboxScreen: ListScreen {
  typealias Message = LoadedList<Numbered<Proposal>>.Message

  let title = "Inbox"
  var place: Place? { Places.inbox }
  private let context: ConsoleContext
  var rows: LoadedList<Numbered<Proposal>>

  init(context: ConsoleContext) {
    self.context = context
    let isOpen = { @Sendable (row: Numbered<Proposal>) in row.value.isOpen(at: context.now) }
    rows = LoadedList(
      WindowedList(
        columns: [
          .minutes("asked", "Asked", context) { $0.at },
          ListColumn("by", "By", width: .flexible(least: 8, weight: 1)) { ListCell($0.asker) },
          ListColumn("state", "State", width: .fixed(11)) { row in
            ListCell(
              row.value.stateWords(at: context.now), isOpen(row) ? Style(.warning, .bold) : .muted)
          },
          ListColumn("what", "What", width: .flexible(least: 34, weight: 4)) { ListCell($0.title) },
          .minutes("until", "Until", context, priority: 2) { isOpen($0) ? $0.expiresAt : nil },
        ], emptyLine: "Nothing waits for a second person", isFilterable: false),
      source: .whole("reading the Inbox") { try context.administration.proposals() })
  }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "e", hint: "open", help: "show what it would change, and decide") {
        .open(ProposalScreen($0.value, context: context))
      }
    ]
  }
}
