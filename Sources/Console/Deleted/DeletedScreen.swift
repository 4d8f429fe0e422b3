import Access
import Administration
import Store
import Terminal

/// Something deleted in the list.
struct DeletedListRow: ListRow {
  let item: DeletedItem
  var id: DeletedThing { item.row.thing }
  var cursor: DeletedCursor { item.row.cursor }
}

/// Security → Deleted: what was deleted, the latest first; it is restored or purged here.
struct DeletedScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<DeletedListRow>.Message)
    case restore, purge
    case named(DeletedRow, Name)
    case looked(DeletedRow, Name, Result<AccessEffect, Problem>)
    case restoring(DeletedRow, Name)
    case purging(DeletedRow)
    case done(String, Problem?)
  }

  let context: ConsoleContext
  var rows: LoadedList<DeletedListRow>

  init(context: ConsoleContext) {
    self.context = context
    let list = WindowedList(columns: Self.columns, emptyLine: "Nothing is deleted")
    rows = LoadedList(list, source: Self.source(context))
  }

  private static var columns: [ListColumn<DeletedListRow>] {
    [
      ListColumn("name", "Name", width: .flexible(least: 16, weight: 3)) { ListCell($0.item.row.name.text) },
      ListColumn("what", "What", width: .flexible(least: 10, weight: 2)) { ListCell($0.item.row.what) },
      ListColumn("deleted", "Deleted (UTC)", width: .fixed(16), priority: 1) {
        ListCell($0.item.row.deletedAt.minute, .muted)
      },
      ListColumn("by", "By", width: .flexible(least: 8, weight: 1), priority: 2) {
        ListCell($0.item.deletedBy ?? "–", .muted)
      },
      ListColumn("left", "Days left", width: .fixed(9), alignment: .right) {
        ListCell(String($0.item.daysLeft), $0.item.daysLeft <= 3 ? Style(.warning, .bold) : .plain)
      },
    ]
  }

  private static func source(_ context: ConsoleContext) -> LoadedList<DeletedListRow>.Source {
    @Sendable func query(_ filter: String) -> DeletedQuery { DeletedQuery(matching: SearchText(filter)) }
    return LoadedList.Source("reading what is deleted") { request in
      Problem.catching {
        try request.page { position, limit in
          let page = try context.administration.deleted(
            query(request.filter), position.stored, limit: limit)
          return ListPage(
            rows: page.rows.map { DeletedListRow(item: $0) }, hasBefore: page.hasBefore,
            hasAfter: page.hasAfter)
        }
      }
    } count: { filter in
      Problem.catching { try context.administration.deletedCount(query(filter)) }
    }
  }

  var title: String { "Deleted" }
  var place: Place? { Places.deleted }

  var bindings: [KeyBinding<Message>] {
    let actions = rows.list.isTyping || !mayManage ? [] : Self.actions
    return actions + listBindings
  }

  private var mayManage: Bool { rows.selected.map { context.may($0.item.row.kind.managing) } ?? false }

  private static var actions: [KeyBinding<Message>] {
    [
      KeyBinding(
        .enter, "r", hint: "restore", help: "make it live again, under its name or another",
        message: .restore),
      KeyBinding("P", hint: "purge", help: "remove it for good", isDestructive: true, message: .purge),
    ]
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return rows.update(message) { Message.rows($0) }.effect
    case .restore: return rows.selected.map { askName($0.item.row) } ?? .none
    case .purge: return rows.selected.map { askToPurge($0.item.row) } ?? .none
    case .named(let row, let name): return look(row, name)
    case .looked(let row, let name, .success(let effect)): return confirm(row, name, effect)
    case .looked(_, _, .failure(let problem)): return .toast(problem)
    case .restoring(let row, let name): return restore(row, name)
    case .purging(let row): return purge(row)
    case .done(let text, nil): return .batch(.toast(text, .good), reload())
    case .done(_, let problem?): return .batch(.toast(problem), reload())
    }
  }
}
