import Access
import Administration
import Store

/// What the *Edit* screen shows for a system role: its permissions and its holders. Only custom roles can be
/// edited.
struct RoleEditor: EditorSubject {
  let role: SystemRole
  let context: ConsoleContext

  init(_ role: SystemRole, context: ConsoleContext) {
    self.role = role
    self.context = context
  }

  var kindTitle: String { "role" }
  var firstEntry: EditorEntryID { customID == nil ? .permissions : .general }
  func place(at entry: EditorEntryID) -> Place? { customID.map { Places.role($0, entry) } }

  private var customID: RoleID? { if case .custom(let id) = role { id } else { nil } }
  func permission(toEdit entry: EditorEntryID) -> Permission { .rolesManage }

  private var mayEdit: Bool { customID != nil && context.mayEdit(.rolesManage) }

  func outline() -> Result<EditorOutline, Problem> {
    context.read { reader in
      let content = try content(reader)
      let holders = try reader.holders(of: role).total
      let general: [NavigationPane<EditorEntryID>.Entry] = customID == nil ? [] : [.page(.general, "General")]
      return EditorOutline(
        name: content.name,
        entries: general + [
          .page(.permissions, "Permissions", count: String(content.permissions.count)),
          .page(.holders, "Who has it", count: holders == 0 ? "" : holders.grouped),
        ],
        folded: [])
    }
  }

  private func content(_ reader: any SecurityReader) throws -> (name: String, permissions: Set<Permission>) {
    switch role {
    case .builtIn(let role): return (role.rawValue, role.permissions)
    case .custom(let id):
      guard let role = try reader.customRole(id) else {
        throw Trouble("this role was deleted", hint: "Esc goes back to the list", exitStatus: .noInput)
      }
      return (role.name.text, role.permissions)
    }
  }

  func page(_ target: EditorTarget) -> (any EditorPage)? {
    switch target.entry {
    case .general: customID.map { GeneralPage(general($0), context) }
    case .permissions: ChecklistPage(permissions, context)
    case .holders: HoldersPage(role, context: context)
    default: nil
    }
  }

  private var permissions: ChecklistSource<Permission> {
    ChecklistSource(title: "Permissions", isEditable: mayEdit) {
      context.read { reader in
        ChecklistSource.Content(
          items: Permission.allCases.map { CheckList.Item($0, $0.rawValue, detail: $0.meaning) },
          value: .only(try content(reader).permissions),
          explanation: customID == nil ? "A built-in role is what it is." : "What its holders may do.",
          emptyText: "")
      }
    } save: { change, edit in
      guard let id = customID else { return }
      guard let role = try change.reader.customRole(id) else {
        throw Trouble("this role was deleted", exitStatus: .noInput)
      }
      let current = Coverage.only(role.permissions)
      guard current == edit.was || current == edit.becomes else {
        throw EditConflict(current: current, mine: edit.becomes)
      }
      let was = RoleContent(role)
      var becomes = was
      becomes.permissions = edit.becomes.only ?? []
      try change.saveRole(id, Edit(was: was, becomes: becomes))
    }
  }

  private func general(_ id: RoleID) -> GeneralSource<RoleContent> {
    GeneralSource(isEditable: mayEdit) {
      context.read { reader in try reader.customRole(id).map { RoleContent($0) } }
    } save: { change, edit in
      try change.saveRole(id, edit)
    }
  }
}
