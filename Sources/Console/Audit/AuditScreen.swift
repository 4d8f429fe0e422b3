import Access
import Administration
import Store
import Terminal

extension AuditRecord: ListRow {
  package var id: Int64 { sequence }
  package var cursor: Int64 { sequence }
}

/// Security → Audit log: the rows, the latest first. New rows appear while the page is open.
struct AuditScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<AuditRecord>.Message)
    case show(AuditFilter)
    /// Checks whether rows were added.
    case look
    case looked(Int64?)
  }

  let title = "Audit log"
  var place: Place? { Places.audit }
  private let context: ConsoleContext
  private(set) var filter = AuditFilter()
  var rows: LoadedList<AuditRecord>
  /// The number of the log's last row when it was read.
  private var end: Int64?

  init(context: ConsoleContext) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          .minutes("time", "Time", context) { $0.at },
          ListColumn("who", "Who", width: .flexible(least: 8, weight: 1)) { ListCell($0.actor.name) },
          ListColumn("what", "What", width: .flexible(least: 16, weight: 1)) {
            ListCell($0.action, $0.isRefusal ? Style(.warning, .bold) : .plain)
          },
          ListColumn("target", "Target", width: .flexible(least: 20, weight: 4), priority: 1) {
            ListCell($0.target.title)
          },
          ListColumn("from", "From", width: .fixed(15), priority: 2) { ListCell($0.origin) },
        ], emptyLine: "No row is like that", isFilterable: false),
      source: Self.source(AuditFilter(), context))
  }

  private static func source(_ filter: AuditFilter, _ context: ConsoleContext)
    -> LoadedList<AuditRecord>.Source
  {
    .windows("reading the audit log") { _, position, limit in
      try context.administration.audit(filter.query(now: context.now), position, limit: limit)
    }
  }

  var inset: Int { 1 }
  var heading: [ListCell] {
    [
      filter.isEverything
        ? ListCell("Everything that was done", .muted)
        : ListCell("Only: \(filter.summary)", Style(.warning, .bold))
    ]
  }

  var actions: [KeyBinding<Message>] {
    let leadsNowhere = rows.selected.map { !$0.target.leadsSomewhere } ?? false
    return [
      onRow(.enter, hint: "show", help: "show what was before and after") {
        .open(AuditRowScreen($0, context: context))
      },
      onRow(
        "t", hint: "target", help: "go to what it was done to",
        unless: leadsNowhere ? AuditDestination.nowhere : nil
      ) { AuditDestination.go(to: $0.target, context) },
      KeyBinding("/", "f", hint: "filter", help: "choose which rows are shown") {
        .ask(AuditFilterDialog(filter, context: context)) { .send(.show($0)) }
      },
      KeyBinding("V", hint: "verify", help: "check that nobody altered the log", does: verify),
      KeyBinding(
        .escape, hint: "everything", help: "show all rows again",
        unless: filter.isEverything ? "all rows are shown" : nil, message: .show(AuditFilter())),
    ]
  }

  mutating func appear() -> Effect<Message> { .batch(reload(), lookLater()) }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): return follow(message)
    case .show(let filter):
      self.filter = filter
      rows.source = Self.source(filter, context)
      return rows.restart().map { .rows($0) }
    case .look: return look()
    case .looked(let end): return follow(to: end)
    }
  }

  private func lookLater() -> Effect<Message> { .after(milliseconds: 900, key: "look", .look) }

  private func look() -> Effect<Message> {
    .run("looking for new rows", cancelling: "look", awaited: false) { [context] in
      .looked(try? context.administration.audit(AuditQuery(), .first, limit: 1).rows.first?.sequence)
    }
  }

  private mutating func follow(to end: Int64?) -> Effect<Message> {
    let isNews = end != nil && self.end != nil && end != self.end
    self.end = end ?? self.end
    return isNews ? .batch(lookLater(), reload()) : lookLater()
  }

  private func verify() -> Effect<Message> {
    .reading("verifying the audit log") {
      try context.administration.verifyAudit()
    } then: { found in
      let words = AuditVerificationWords(found, keyID: context.administration.auditKeyID)
      return .open(
        ConfirmDialog.message(
          title: found.isWhole ? "Verified" : "Altered", text: words.summary + ".",
          points: found.findings.prefix(6).map(\.text) + words.notes
            + words.unknown.map { "not known: \($0)" }))
    }
  }
}

extension AuditRecord {
  var isRefusal: Bool { ["attempt.refused", "attempt.refusals"].contains(action) }
}
