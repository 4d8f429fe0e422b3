import Access
import Administration
import Interchange
import Store
import Terminal

/// Security → Teams.
struct TeamListScreen: ListScreen {
  typealias Message = LoadedList<TeamRow>.Message

  let title = "Teams"
  var place: Place? { Places.teams }
  private let context: ConsoleContext
  var rows: LoadedList<TeamRow>

  /// - Parameter start: the team on which the list begins; nil for the first one.
  init(context: ConsoleContext, at start: NameCursor<TeamID>? = nil) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Name", width: .flexible(least: 16, weight: 2)) { ListCell($0.team.name.text) },
          ListColumn("summary", "Description", width: .flexible(least: 12, weight: 3), priority: 2) {
            ListCell($0.team.summary.text)
          },
          ListColumn("members", "Members", width: .fixed(9), alignment: .right) {
            ListCell($0.memberCount.grouped)
          },
          ListColumn("grants", "Connectors", width: .fixed(10), priority: 1, alignment: .right) {
            ListCell(String($0.grantCount))
          },
          .opening { _ in context.opening(.teamsManage) },
        ], emptyLine: context.may(.teamsManage) ? "Click here to add a team" : "There are no teams",
        sorting: ListSorting("name")),
      source: .asked("reading teams", context, .teams) {
        try $0.query(teams: $1)
      } page: { reader, query, position, limit in
        ListPage(try reader.teams(query, position, limit: limit))
      } count: {
        try $0.teamCount($1)
      })
    rows.start = start
  }

  var button: String? { context.may(.teamsManage) ? "Add team" : nil }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "e", opening: context.opening(.teamsManage)) {
        .open(context.editor(.team($0.team.id), nil))
      },
      onRow(
        "w", hint: "why", help: "why its members may see something", group: ConsoleContext.accessGroup
      ) { context.why(.team($0.team.id)) },
      context.matrix(of: rows.selected.map { .team($0.team.id) }),
      context.comparing(rows.selected.map { .team($0.team.id) }, with: nil, nil),
      copyingRow(context) { [.team($0.team.id)] }, writingList(context, .teams),
    ]
      + [
        adding(help: "add a team", does: add), onRow("r", hint: "rename", does: rename),
        onRow(
          "Y", hint: "duplicate", help: "add another with its roles and grants", does: duplicate
        ).hintedWhereRoom(),
        onRow("D", .delete, hint: "delete", help: "delete the team", does: delete),
      ].unless(context.obstacle(.teamsManage))
  }

  private func rename(_ row: TeamRow) -> Effect<Message> {
    context.rename(row.team.name, "team") { change, name in
      let was = TeamGeneral(row.team)
      let becomes = TeamGeneral(name: name, summary: was.summary)
      try change.saveGeneral(row.team.id, Edit(was: was, becomes: becomes))
    }
  }

  private func add() -> Effect<Message> {
    .ask(
      NameDialog(title: "Add team", action: "Add") { name in
        context.change { try $0.addTeam(name: name) }
      }
    ) { team in
      .batch(.toast("team \(quotedName(team.name)) added", .good), find(team))
    }
  }

  private func duplicate(_ row: TeamRow) -> Effect<Message> {
    let id = row.team.id
    return context.duplicate(row.team.name, "team", "it has no members yet") {
      try $0.duplicate(id, as: $1)
    } made: {
      find($0)
    }
  }

  private func find(_ team: Team) -> Effect<Message> {
    .send(.reveal(NameCursor(nameKey: NameKey(team.name).text, id: team.id)))
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
