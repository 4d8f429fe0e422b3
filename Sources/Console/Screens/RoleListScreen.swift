import Access
import Administration
import Store
import Terminal

/// A system role in the list.
struct RoleRow: ListRow {
  let role: SystemRole
  let name: String
  let summary: String
  let permissionCount: Int
  let holders: RoleHolders
  let cursor: Int

  var id: SystemRole { role }
  var isCustom: Bool { if case .custom = role { true } else { false } }
}

/// Security → Roles: the built-in system roles and those that were made.
struct RoleListScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<RoleRow>.Message)
    case add, edit, delete
    case added(Name)
    case found(Result<RoleID?, Problem>)
    case confirmed(RoleRow, Confirmation)
    case done(String, Problem?)
  }

  private let context: ConsoleContext
  private let opensAdding: Bool
  var rows: LoadedList<RoleRow>

  /// - Parameter opensAdding: whether it asks for a new one at once, as the palette wants.
  init(context: ConsoleContext, opensAdding: Bool = false) {
    self.context = context
    self.opensAdding = opensAdding
    let list = WindowedList(columns: Self.columns, emptyLine: "There are no roles", isFilterable: false)
    rows = LoadedList(list, source: Self.source(context))
    rows.list.reservedColumns = Heading.columns(addTitle)
  }

  private static var columns: [ListColumn<RoleRow>] {
    [
      ListColumn("name", "Name", width: .flexible(least: 21, weight: 1)) { ListCell($0.name) },
      ListColumn("kind", "Kind", width: .fixed(8), priority: 1) {
        ListCell($0.isCustom ? "custom" : "built in", .muted)
      },
      ListColumn("summary", "What for", width: .flexible(least: 12, weight: 3), priority: 2) {
        ListCell($0.summary, .muted)
      },
      ListColumn("holders", "Has it", width: .fixed(9), alignment: .right) {
        ListCell($0.holders.total.grouped)
      },
      ListColumn("edit", "", width: .fixed(4), isLink: true) {
        ListCell($0.isCustom ? "Edit" : "Show", Style(.accent))
      },
    ]
  }

  private static func source(_ context: ConsoleContext) -> LoadedList<RoleRow>.Source {
    LoadedList.Source("reading roles") { request in
      context.read { reader in
        let builtIn = BuiltInRole.allCases.map {
          (SystemRole.builtIn($0), $0.rawValue, $0.meaning, $0.permissions.count)
        }
        let custom = try reader.customRoles().map {
          (SystemRole.custom($0.id), $0.name.text, $0.summary.text, $0.permissions.count)
        }
        return request.page(
          of: try (builtIn + custom).enumerated().map { index, role in
            RoleRow(
              role: role.0, name: role.1, summary: role.2, permissionCount: role.3,
              holders: try reader.holders(of: role.0), cursor: index)
          })
      }
    }
  }

  var title: String { "Roles" }
  var place: Place? { Places.roles }

  var bindings: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if rows.selected != nil {
      bindings.append(
        KeyBinding(.enter, "e", hint: "open", help: "show the role and who has it", message: .edit))
    }
    if context.may(.rolesManage) {
      bindings.append(KeyBinding("a", hint: "add", help: "add a custom role", message: .add))
      if rows.selected?.isCustom == true {
        bindings.append(
          KeyBinding(
            "D", .delete, hint: "delete", help: "delete the custom role", isDestructive: true,
            message: .delete))
      }
    }
    return bindings + listBindings
  }

  mutating func appear() -> Effect<Self> {
    .batch(reload(), opensAdding ? .send(.add) : .none)
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return follow(message)
    case .add:
      let dialog = NameDialog(title: "Add role", action: "Add") { [context] name in
        context.change { _ = try $0.addRole(RoleContent(name: name, permissions: [])) }.problem
      }
      return .open(dialog) { .added($0) }
    case .added(let name): return find(name)
    case .found(.success(let id)): return id.map(open) ?? reload()
    case .found(.failure(let problem)): return .batch(.toast(problem), reload())
    case .edit:
      return rows.selected.map { .open(EditorScreen(RoleEditor($0.role, context: context))) } ?? .none
    case .delete: return rows.selected.map { askToDelete($0) } ?? .none
    case .confirmed(let row, .confirm): return carryOutDeletion(of: row)
    case .confirmed(_, .cancel): return .none
    case .done(let text, nil): return .batch(.toast(text, .good), reload())
    case .done(_, let problem?): return .batch(.toast(problem), reload())
    }
  }

  private mutating func follow(_ message: LoadedList<RoleRow>.Message) -> Effect<Self> {
    let (event, effect) =
      rows.update(message) { Message.rows($0) } as (WindowedList<RoleRow>.Event?, Effect<Self>)
    if case .link = event { return .batch(effect, .send(.edit)) }
    return effect
  }

  private func find(_ name: Name) -> Effect<Self> {
    .run("reading") { [context] in .found(context.read { try $0.customRole(named: NameKey(name))?.id }) }
  }

  /// A new role permits nothing yet: its permissions are what comes next.
  private func open(_ id: RoleID) -> Effect<Self> {
    .open(EditorScreen(RoleEditor(.custom(id), context: context), at: EditorTarget(.permissions)))
  }

  private func askToDelete(_ row: RoleRow) -> Effect<Self> {
    .open(
      EffectDialog(
        title: "Delete role", text: "Delete the role \(quoted(row.name))?",
        points: [
          "\(row.holders.total.grouped) users and teams lose it", context.noteOfDeleting(.role),
        ], action: "Delete", isDestructive: true, typing: row.name
      ) { [context] in
        context.effect { administration in
          guard case .custom(let id) = row.role else { return }
          try administration.change { try $0.deleteRole(id) }
        }
      }
    ) { .confirmed(row, $0) }
  }

  private func carryOutDeletion(of row: RoleRow) -> Effect<Self> {
    guard case .custom(let id) = row.role else { return .none }
    return .run("deleting") { [context] in
      .done(
        context.undoable("\(quoted(row.name)) deleted"), context.change { try $0.deleteRole(id) }.problem)
    }
  }

  /// The words of the button at the upper right; nil where one may not add.
  private var addTitle: String? { context.may(.rolesManage) ? "Add role" : nil }

  func draw(on frame: inout Frame<Message>) {
    drawRows(in: frame.bounds, on: &frame)
    Heading(text: "", action: addTitle).draw(in: frame.bounds.splitTop(1).top, on: &frame, .add)
  }
}
