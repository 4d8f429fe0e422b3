import Access
import Administration
import Store
import Terminal

/// A row of the audit log in the list.
struct AuditListRow: ListRow {
  let record: AuditRecord
  var id: Int64 { record.sequence }
  var cursor: Int64 { record.sequence }
}

/// Security → Audit log: what was done, the latest first; it follows what is being done.
struct AuditScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<AuditListRow>.Message)
    case show, askFilter, dropFilter, verify, jump
    case filtered(AuditFilter)
    case verified(Result<AuditVerification, Problem>)
    case destination(Result<AnyScreen?, Problem>)
    /// Looks whether rows were added.
    case look
    case looked(Int64?)
  }

  private let context: ConsoleContext
  private(set) var filter = AuditFilter()
  var rows: LoadedList<AuditListRow>
  /// The last row of the log when it was read.
  private var end: Int64?

  init(context: ConsoleContext) {
    self.context = context
    let list = WindowedList<AuditListRow>(
      columns: Self.columns, emptyLine: "No row is like that", isFilterable: false)
    rows = LoadedList(list, source: Self.source(AuditFilter(), context), headingRows: 1)
  }

  private static var columns: [ListColumn<AuditListRow>] {
    [
      ListColumn("time", "Time (UTC)", width: .fixed(16)) { ListCell($0.record.at.minute, .muted) },
      ListColumn("who", "Who", width: .flexible(least: 8, weight: 1)) { ListCell($0.record.actor.name) },
      ListColumn("what", "What", width: .flexible(least: 16, weight: 1)) { row in
        ListCell(row.record.action, row.record.isRefusal ? Style(.warning, .bold) : .plain)
      },
      ListColumn("target", "Target", width: .flexible(least: 20, weight: 4), priority: 1) {
        ListCell($0.record.target.title)
      },
      ListColumn("from", "From", width: .fixed(15), priority: 2) { ListCell($0.record.origin, .muted) },
    ]
  }

  private static func source(
    _ filter: AuditFilter, _ context: ConsoleContext
  ) -> LoadedList<AuditListRow>.Source {
    LoadedList.Source("reading the audit log") { request in
      Problem.catching {
        let query = filter.query(now: context.now)
        return try request.page { position, limit in
          let page = try context.administration.audit(query, position.stored, limit: limit)
          return ListPage(
            rows: page.rows.map(AuditListRow.init), hasBefore: page.hasBefore, hasAfter: page.hasAfter)
        }
      }
    }
  }

  var title: String { "Audit log" }
  var place: Place? { Places.audit }

  var bindings: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if let row = rows.selected {
      bindings.append(
        KeyBinding(.enter, hint: "show", help: "show what was before and after", message: .show))
      if row.record.target.leadsSomewhere {
        bindings.append(
          KeyBinding("t", hint: "target", help: "go to what it was done to", message: .jump))
      }
    }
    bindings += [
      KeyBinding("/", "f", hint: "filter", help: "choose which rows are shown", message: .askFilter),
      KeyBinding("V", hint: "verify", help: "check that nobody altered the log", message: .verify),
    ]
    if !filter.isEverything {
      bindings.append(
        KeyBinding(.escape, hint: "everything", help: "show all rows again", message: .dropFilter))
    }
    return bindings + listBindings
  }

  mutating func appear() -> Effect<Self> { .batch(reload(), lookLater()) }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return rows.update(message) { Message.rows($0) }.effect
    case .show: return rows.selected.map { .open(AuditRowScreen($0.record, context: context)) } ?? .none
    case .askFilter: return .open(AuditFilterDialog(filter, context: context)) { .filtered($0) }
    case .dropFilter: return show(AuditFilter())
    case .filtered(let filter): return show(filter)
    case .verify: return verify()
    case .verified(let result): return tell(result)
    case .jump: return rows.selected.map { AuditDestination.find($0.record.target, context) } ?? .none
    case .destination(let result): return AuditDestination.open(result)
    case .look: return look()
    case .looked(let end): return follow(to: end)
    }
  }

  private mutating func show(_ filter: AuditFilter) -> Effect<Self> {
    self.filter = filter
    rows.source = Self.source(filter, context)
    return rows.restart { .rows($0) }
  }

  private func lookLater() -> Effect<Self> { .after(milliseconds: 900, key: "look", .look) }

  private func look() -> Effect<Self> {
    .run("looking for new rows", cancelling: "look", awaited: false) { [context] in
      .looked(try? context.administration.audit(AuditQuery(), .first, limit: 1).rows.first?.sequence)
    }
  }

  private mutating func follow(to end: Int64?) -> Effect<Self> {
    let isNews = end != nil && self.end != nil && end != self.end
    self.end = end ?? self.end
    return isNews ? .batch(lookLater(), reload()) : lookLater()
  }

  private func verify() -> Effect<Self> {
    .run("verifying the audit log") { [context] in
      .verified(Problem.catching { try context.administration.verifyAudit() })
    }
  }

  private func tell(_ result: Result<AuditVerification, Problem>) -> Effect<Self> {
    switch result {
    case .failure(let problem): return .toast(problem)
    case .success(let found):
      let words = AuditVerificationWords(found, keyID: context.administration.auditKeyID)
      return .open(
        ConfirmDialog.message(
          title: found.isWhole ? "Verified" : "Altered", text: words.summary + ".",
          points: found.findings.prefix(6).map(\.text) + words.notes
            + words.unknown.map { "not known: \($0)" }))
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    let text = filter.isEverything ? "Everything that was done" : "Only: \(filter.summary)"
    frame.put(
      text, in: heading.inset(columns: 1), style: filter.isEverything ? .muted : Style(.warning, .bold))
    drawRows(in: rest, on: &frame)
  }
}

extension AuditRecord {
  var isRefusal: Bool { ["attempt.refused", "attempt.refusals"].contains(action) }
}
