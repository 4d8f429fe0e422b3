import Access
import Administration
import Store

/// What the *Edit* screen shows for a team: the same pages as for an account, and its members.
struct TeamEditor: EditorSubject {
  let id: TeamID
  let context: ConsoleContext

  init(_ id: TeamID, context: ConsoleContext) {
    self.id = id
    self.context = context
  }

  var kindTitle: String { "team" }
  var firstEntry: EditorEntryID { .general }
  func place(at entry: EditorEntryID) -> Place? { Places.team(id, entry) }

  func permission(toEdit entry: EditorEntryID) -> Permission { .teamsManage }

  private var mayEdit: Bool { context.mayEdit(.teamsManage) }
  private var pages: SubjectPages { SubjectPages(subject: .team(id), context: context, mayEdit: mayEdit) }

  func outline() -> Result<EditorOutline, Problem> {
    context.read { reader in
      guard let team = try reader.team(id) else {
        throw Trouble("this team was deleted", hint: "Esc goes back to the list", exitStatus: .noInput)
      }
      let members = try reader.memberCount(MemberQuery(team: id))
      let roles = try reader.roles(of: .team(id)).count
      let connectors = try pages.connectorEntries(reader)
      return EditorOutline(
        name: team.name.text,
        entries: [
          .page(.general, "General"),
          .page(.members, "Members", count: members == 0 ? "" : members.grouped),
          .page(.roles, EditorEntryID.roles.title, count: roles == 0 ? "" : String(roles)),
          .page(.effective, "Effective access"),
        ] + connectors.entries,
        folded: connectors.folded)
    }
  }

  func page(_ target: EditorTarget) -> (any EditorPage)? {
    switch target.entry {
    case .general: GeneralPage(general, context)
    case .members: MembersPage(of: id, context: context)
    default: pages.page(target)
    }
  }

  private var general: GeneralSource<TeamGeneral> {
    GeneralSource(isEditable: mayEdit) {
      context.read { reader in try reader.team(id).map { TeamGeneral($0) } }
    } save: { change, edit in
      try change.saveGeneral(id, edit)
    }
  }
}
