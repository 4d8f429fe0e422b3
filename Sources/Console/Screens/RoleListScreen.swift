import Access
import Administration
import Interchange
import Store
import Terminal

/// Security → Roles: the built-in system roles and the custom ones.
struct RoleListScreen: ListScreen {
  typealias Message = LoadedList<Numbered<RoleRow>>.Message

  let title = "Roles"
  var place: Place? { Places.roles }
  private let context: ConsoleContext
  var rows: LoadedList<Numbered<RoleRow>>

  /// - Parameter start: the role on which the list begins; nil for the first one.
  init(context: ConsoleContext, at start: SystemRole? = nil) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Name", width: .flexible(least: 21, weight: 1)) { ListCell($0.name) },
          ListColumn("kind", "Kind", width: .fixed(8), priority: 1) {
            ListCell($0.customID == nil ? "built in" : "custom")
          },
          ListColumn("summary", "What for", width: .flexible(least: 12, weight: 3), priority: 2) {
            ListCell($0.summary)
          },
          ListColumn("holders", "Has it", width: .fixed(9), alignment: .right) {
            ListCell($0.holders.total.grouped)
          },
          .opening { $0.customID == nil ? .show : context.opening(.rolesManage) },
        ], emptyLine: "There are no roles", isFilterable: false),
      source: .whole("reading roles", start: { rows in rows.firstIndex { $0.id == start } }) {
        try context.administration.read(RoleRow.all)
      })
  }

  var button: String? { context.may(.rolesManage) ? "Add role" : nil }

  var actions: [KeyBinding<Message>] {
    let obstacle = context.obstacle(.rolesManage)
    let isBuiltIn = rows.selected.map { $0.customID == nil } ?? false
    let builtIn = isBuiltIn ? "a built-in role is what it is" : nil
    return [
      onRow(.enter, "e", hint: "open", help: "show the role and who has it") { open($0.id) },
      KeyBinding("a", hint: "add", help: "add a custom role", unless: obstacle, does: add),
      onRow(
        "D", .delete, hint: "delete", help: "delete the custom role",
        unless: obstacle ?? builtIn
      ) { row in row.customID.map { delete(row.value, $0) } ?? .none },
      copyingRow(context, unless: builtIn) { row in row.customID.map { [.role($0)] } ?? [] },
      writingList(context, .roles),
    ]
  }

  private func open(_ role: SystemRole, at entry: EditorEntryID? = nil) -> Effect<Message> {
    .open(EditorScreen(RoleEditor(role, context: context), at: entry.map { EditorTarget($0) }))
  }

  /// Adds a role, and opens its permissions, because a new role has none.
  private func add() -> Effect<Message> {
    .ask(
      NameDialog(title: "Add role", action: "Add") { name in
        context.change { try $0.addRole(RoleContent(name: name, permissions: [])) }
      }
    ) { open(.custom($0.id), at: .permissions) }
  }

  private func delete(_ row: RoleRow, _ id: RoleID) -> Effect<Message> {
    context.ask(
      "Delete role", "Delete the role \(quoted(row.name))?",
      points: ["\(row.holders.total.grouped) users and teams lose it", context.noteOfDeleting(.role)],
      action: "Delete", typing: row.name,
      before: Deed("deleting", said: context.undoable("\(quoted(row.name)) deleted")) {
        try $0.deleteRole(id)
      })
  }
}
