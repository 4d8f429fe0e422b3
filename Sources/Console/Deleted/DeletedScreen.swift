package import Access
package import Administration
package import Store
import Terminal

extension DeletedItem: ListRow {
  package var id: DeletedThing { row.thing }
  package var cursor: DeletedCursor { row.cursor }
}

/// Security → Deleted: what was deleted, the latest first; it is restored or purged here.
struct DeletedScreen: ListScreen {
  typealias Message = LoadedList<DeletedItem>.Message

  let title = "Deleted"
  var place: Place? { Places.deleted }
  let context: ConsoleContext
  var rows: LoadedList<DeletedItem>

  init(context: ConsoleContext) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Name", width: .flexible(least: 16, weight: 3)) { ListCell($0.row.name.text) },
          ListColumn("what", "What", width: .flexible(least: 10, weight: 2)) { ListCell($0.row.what) },
          .minutes("deleted", "Deleted", context, priority: 1) { $0.row.deletedAt },
          ListColumn("by", "By", width: .flexible(least: 8, weight: 1), priority: 2) {
            ListCell($0.deletedBy ?? "–")
          },
          ListColumn("left", "Days left", width: .fixed(9), alignment: .right) {
            ListCell(String($0.daysLeft), $0.daysLeft <= 3 ? Style(.warning, .bold) : .plain)
          },
        ], emptyLine: "Nothing is deleted"),
      source: .windows("reading what is deleted") { search, position, limit in
        try context.administration.deleted(DeletedQuery(matching: search), position, limit: limit)
      } count: {
        try context.administration.deletedCount(DeletedQuery(matching: $0))
      })
  }

  var actions: [KeyBinding<Message>] {
    let obstacle = rows.selected.flatMap { context.obstacle($0.row.kind.managing) }
    return [
      onRow(
        .enter, "r", hint: "restore", help: "make it live again, under its name or another", unless: obstacle
      ) { restore($0.row) },
      onRow("P", hint: "purge", help: "remove it for good", unless: obstacle) {
        purge($0.row)
      },
    ]
  }

  /// A name that a living one has, or whatever else would refuse it, is said where it is typed.
  private func restore(_ row: DeletedRow) -> Effect<Message> {
    .ask(
      NameDialog(
        title: "Restore \(row.kind.title)", label: "Under the name", value: row.name.text, action: "Restore"
      ) { name in effect(of: restoring(row, name)).map { (name, $0) } }
    ) { name, effect in
      EffectDialog(
        title: "Restore \(row.kind.title)",
        text: "Restore the \(row.kind.title) \(quotedName(row.name))"
          + (row.name == name ? "" : " as \(quotedName(name))") + ", with what it had?",
        points: row.kind.accountKind == nil ? [] : [TakingBack.restoringAccount], action: "Restore",
        effect: effect, times: context.clock.words, isDestructive: false
      ).confirmed(context.carryOut(restoring(row, name)))
    }
  }

  private func restoring(_ row: DeletedRow, _ name: Name) -> Deed {
    Deed("restoring", said: context.undoable("\(quotedName(name)) restored")) {
      _ = try $0.restore(row.thing, as: name)
    }
  }

  private func effect(of deed: Deed) -> Result<AccessEffect, Problem> {
    context.effect { try $0.change(deed.change) }
  }

  private func purge(_ row: DeletedRow) -> Effect<Message> {
    context.ask(
      "Purge \(row.kind.title)", "Purge the \(row.kind.title) \(quotedName(row.name))?",
      points: [TakingBack.purging], action: "Purge", typing: row.name.text,
      before: Deed("purging", said: "\(quotedName(row.name)) purged for good") {
        _ = try $0.purge(row.thing)
      })
  }
}
