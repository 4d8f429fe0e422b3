import Access
import Administration
import Store
import Terminal

/// A proposal in the Inbox.
struct ProposalRow: ListRow {
  let proposal: Proposal
  let now: Timestamp
  let cursor: Int
  var id: Int64 { proposal.number }
}

/// Security → Inbox: what waits for a second person, the latest first, and what was decided of late.
struct InboxScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<ProposalRow>.Message)
    case show
  }

  private let context: ConsoleContext
  var rows: LoadedList<ProposalRow>

  init(context: ConsoleContext) {
    self.context = context
    let list = WindowedList<ProposalRow>(
      columns: Self.columns, emptyLine: "Nothing waits for a second person", isFilterable: false)
    rows = LoadedList(
      list,
      source: LoadedList.Source("reading the Inbox") { request in
        Problem.catching {
          let now = context.now
          let proposals = try context.administration.proposals()
          return request.page(
            of: proposals.enumerated().map { ProposalRow(proposal: $1, now: now, cursor: $0) })
        }
      })
  }

  private static var columns: [ListColumn<ProposalRow>] {
    [
      ListColumn("asked", "Asked (UTC)", width: .fixed(16)) { ListCell($0.proposal.at.minute, .muted) },
      ListColumn("by", "By", width: .flexible(least: 8, weight: 1)) { ListCell($0.proposal.asker) },
      ListColumn("state", "State", width: .fixed(11)) { row in
        let isOpen = row.proposal.isOpen(at: row.now)
        return ListCell(row.proposal.stateWords(at: row.now), isOpen ? Style(.warning, .bold) : .muted)
      },
      ListColumn("what", "What", width: .flexible(least: 34, weight: 4)) { ListCell($0.proposal.title) },
      ListColumn("until", "Until (UTC)", width: .fixed(16), priority: 2) {
        ListCell($0.proposal.isOpen(at: $0.now) ? $0.proposal.expiresAt.minute : "", .muted)
      },
    ]
  }

  var title: String { "Inbox" }
  var place: Place? { Places.inbox }

  var bindings: [KeyBinding<Message>] {
    let show = KeyBinding<Message>(
      .enter, "e", hint: "open", help: "show what it would change, and decide", message: .show)
    return (rows.selected == nil ? [] : [show]) + listBindings
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return rows.update(message) { Message.rows($0) }.effect
    case .show: return rows.selected.map { .open(ProposalScreen($0.proposal, context: context)) } ?? .none
    }
  }
}
