import Access
import Administration
import Store
import Terminal

/// Security → Teams.
struct TeamListScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<TeamRow>.Message)
    case add, edit, rename, delete, why
    case request(Result<CheckRequest?, Problem>)
    case added(Name), renamed(Name)
    case found(Name, Result<TeamID?, Problem>)
    case confirmed(TeamRow, Confirmation)
    case done(String, Problem?)
  }

  private let context: ConsoleContext
  private let opensAdding: Bool
  var rows: LoadedList<TeamRow>

  /// - Parameter opensAdding: whether it asks for a new one at once, as the palette wants.
  init(context: ConsoleContext, opensAdding: Bool = false) {
    self.context = context
    self.opensAdding = opensAdding
    let list = WindowedList(
      columns: Self.columns,
      emptyLine: context.may(.teamsManage) ? "Click here to add a team" : "There are no teams",
      sorting: ListSorting("name"))
    rows = LoadedList(list, source: Self.source(context))
    rows.list.reservedColumns = Heading.columns(addTitle)
  }

  private static var columns: [ListColumn<TeamRow>] {
    [
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
      ListColumn("edit", "", width: .fixed(4), isLink: true) { _ in ListCell("Edit", Style(.accent)) },
    ]
  }

  private static func source(_ context: ConsoleContext) -> LoadedList<TeamRow>.Source {
    LoadedList.Source("reading teams") { request in
      context.read { reader in
        try request.page { position, limit in
          ListPage(
            try reader.teams(TeamQuery(matching: SearchText(request.filter)), position.stored, limit: limit))
        }
      }
    } count: { filter in
      context.read { try $0.teamCount(TeamQuery(matching: SearchText(filter))) }
    }
  }

  var title: String { "Teams" }
  var place: Place? { Places.teams }

  var bindings: [KeyBinding<Message>] {
    (rows.list.isTyping ? [] : actions) + listBindings
  }

  private var actions: [KeyBinding<Message>] {
    let mayChange = context.may(.teamsManage)
    var bindings: [KeyBinding<Message>] = []
    if rows.selected != nil {
      bindings.append(KeyBinding(.enter, "e", hint: "edit", help: "edit its security", message: .edit))
      bindings.append(KeyBinding("w", hint: "why", help: "why its members may see something", message: .why))
    } else if rows.list.isEmpty, mayChange {
      bindings.append(KeyBinding(.enter, hint: "add", help: "add a team", message: .add))
    }
    guard mayChange else { return bindings }
    bindings.append(KeyBinding("a", hint: "add", help: "add a team", message: .add))
    guard rows.selected != nil else { return bindings }
    return bindings + [
      KeyBinding("r", hint: "rename", message: .rename),
      KeyBinding(
        "D", .delete, hint: "delete", help: "delete the team", isDestructive: true, message: .delete),
    ]
  }

  mutating func appear() -> Effect<Self> {
    .batch(reload(), opensAdding ? .send(.add) : .none)
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return follow(message)
    case .add: return .open(addDialog) { .added($0) }
    case .rename: return rows.selected.map { row in .open(renameDialog(row.team)) { .renamed($0) } } ?? .none
    case .edit:
      return rows.selected.map { .open(EditorScreen(TeamEditor($0.team.id, context: context))) } ?? .none
    case .delete: return rows.selected.map { askToDelete($0) } ?? .none
    case .why: return rows.selected.map { why($0.team.id) } ?? .none
    case .request(let request): return WhyScreen.open(request, context)
    case .added(let name): return find(name)
    case .found(let name, let found): return show(name, found)
    case .renamed(let name): return .toast(context.undoable("renamed to \(quotedName(name))"), .good)
    case .confirmed(let row, .confirm): return carryOutDeletion(of: row)
    case .confirmed(_, .cancel): return .none
    case .done(let text, nil): return .batch(.toast(text, .good), reload())
    case .done(_, let problem?): return .batch(.toast(problem), reload())
    }
  }

  private mutating func follow(_ message: LoadedList<TeamRow>.Message) -> Effect<Self> {
    let (event, effect) =
      rows.update(message) { Message.rows($0) } as (WindowedList<TeamRow>.Event?, Effect<Self>)
    switch event {
    case .link: return .batch(effect, .send(.edit))
    case .emptyLine: return context.may(.teamsManage) ? .batch(effect, .send(.add)) : effect
    case .header, nil: return effect
    }
  }

  private func why(_ id: TeamID) -> Effect<Self> {
    .run("reading") { [context] in .request(WhyScreen.likelyRequest(of: .team(id), context: context)) }
  }

  private var addDialog: NameDialog {
    NameDialog(title: "Add team", action: "Add") { [context] name in
      context.change { _ = try $0.addTeam(name: name) }.problem
    }
  }

  private func renameDialog(_ team: Team) -> NameDialog {
    NameDialog.renaming(team.name, title: "Rename team") { [context] name in
      context.change { change in
        let was = TeamGeneral(team)
        try change.saveGeneral(
          team.id, Edit(was: was, becomes: TeamGeneral(name: name, summary: was.summary)))
      }.problem
    }
  }

  private func find(_ name: Name) -> Effect<Self> {
    .run("reading") { [context] in .found(name, context.read { try $0.team(named: NameKey(name))?.id }) }
  }

  private mutating func show(_ name: Name, _ found: Result<TeamID?, Problem>) -> Effect<Self> {
    let said = Effect<Self>.toast("team \(quotedName(name)) added", .good)
    switch found {
    case .failure(let problem): return .toast(problem)
    // Somebody deleted it at once.
    case .success(nil): return .batch(said, reload())
    case .success(let id?):
      return .batch(said, rows.reveal(NameCursor(nameKey: NameKey(name).text, id: id)) { .rows($0) })
    }
  }

  private func askToDelete(_ row: TeamRow) -> Effect<Self> {
    .open(
      EffectDialog(
        title: "Delete team", text: "Delete the team \(quotedName(row.team.name))?",
        points: [
          "\(row.memberCount.grouped) members lose what it gives them", context.noteOfDeleting(.team),
        ], action: "Delete", isDestructive: true, typing: row.team.name.text
      ) { [context] in
        context.effect { administration in try administration.change { try $0.deleteTeam(row.team.id) } }
      }
    ) { .confirmed(row, $0) }
  }

  private func carryOutDeletion(of row: TeamRow) -> Effect<Self> {
    .run("deleting") { [context] in
      .done(
        context.undoable("\(quotedName(row.team.name)) deleted"),
        context.change { try $0.deleteTeam(row.team.id) }.problem)
    }
  }

  /// The words of the button at the upper right; nil where one may not add.
  private var addTitle: String? { context.may(.teamsManage) ? "Add team" : nil }

  func draw(on frame: inout Frame<Message>) {
    drawRows(in: frame.bounds, on: &frame)
    Heading(text: "", action: addTitle).draw(in: frame.bounds.splitTop(1).top, on: &frame, .add)
  }
}
