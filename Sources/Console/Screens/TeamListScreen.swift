import Access
import Administration
import Store
import Terminal

/// Security → Teams.
struct TeamListScreen: ListScreen {
  typealias Message = LoadedList<TeamRow>.Message

  let title = "Teams"
  var place: Place? { Places.teams }
  private let context: ConsoleContext
  let firstKey: Key?
  var rows: LoadedList<TeamRow>

  /// - Parameter firstKey: the key that is pressed as it appears, as the palette wants.
  init(context: ConsoleContext, pressing firstKey: Key? = nil) {
    self.context = context
    self.firstKey = firstKey
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Name", width: .flexible(least: 16, weight: 2)) { ListCell($0.team.name.text) },
          ListColumn("summary", "Description", width: .flexible(least: 12, weight: 3), priority: 2) {
            ListCell($0.team.summary.text, .muted)
          },
          ListColumn("members", "Members", width: .fixed(9), alignment: .right) {
            ListCell($0.memberCount.grouped)
          },
          ListColumn("grants", "Connectors", width: .fixed(10), priority: 1, alignment: .right) {
            ListCell(String($0.grantCount))
          },
          ListColumn("edit", "", width: .fixed(4), link: .enter) { _ in ListCell("Edit", Style(.accent)) },
        ], emptyLine: context.may(.teamsManage) ? "Click here to add a team" : "There are no teams",
        sorting: ListSorting("name")),
      source: .windows("reading teams", context) { reader, search, position, limit in
        try reader.teams(TeamQuery(matching: search), position, limit: limit)
      } count: {
        try $0.teamCount(TeamQuery(matching: $1))
      })
  }

  var button: String? { context.may(.teamsManage) ? "Add team" : nil }

  var actions: [KeyBinding<Message>] {
    let obstacle = context.obstacle(.teamsManage)
    return [
      rows.list.isEmpty
        ? KeyBinding(.enter, hint: "add", help: "add a team", unless: obstacle, does: add)
        : onRow(.enter, "e", hint: "edit", help: "edit its security") {
          .open(context.editor(.team($0.team.id), nil))
        },
      onRow("w", hint: "why", help: "why its members may see something") { context.why(.team($0.team.id)) },
      KeyBinding("a", hint: "add", help: "add a team", unless: obstacle, does: add),
      onRow("r", hint: "rename", unless: obstacle) { row in
        context.rename(row.team.name, "team") { change, name in
          let was = TeamGeneral(row.team)
          let becomes = TeamGeneral(name: name, summary: was.summary)
          try change.saveGeneral(row.team.id, Edit(was: was, becomes: becomes))
        }
      },
      onRow(
        "D", .delete, hint: "delete", help: "delete the team", isDestructive: true, unless: obstacle,
        does: delete),
    ]
  }

  private func add() -> Effect<Message> {
    let dialog = NameDialog(title: "Add team", action: "Add") { name in
      context.change { _ = try $0.addTeam(name: name) }.problem
    }
    return .ask(dialog) { name in
      .reading("reading") {
        try context.read { try $0.team(named: NameKey(name))?.id }.get()
      } then: { id in
        // Where somebody deleted it at once there is nothing to go to.
        let found = id.map { Message.reveal(NameCursor(nameKey: NameKey(name).text, id: $0)) }
        return .batch(.toast("team \(quotedName(name)) added", .good), found.map { .send($0) } ?? .refresh)
      }
    }
  }

  private func delete(_ row: TeamRow) -> Effect<Message> {
    context.ask(
      "Delete team", "Delete the team \(quotedName(row.team.name))?",
      points: ["\(row.memberCount.grouped) members lose what it gives them", context.noteOfDeleting(.team)],
      action: "Delete", typing: row.team.name.text,
      before: Deed("deleting", said: context.undoable("\(quotedName(row.team.name)) deleted")) {
        try $0.deleteTeam(row.team.id)
      })
  }
}
