import Access
import Administration
import Store

/// What the *Edit* screen shows for a user or an API user.
struct AccountEditor: EditorSubject {
  let id: AccountID
  let kind: AccountKind
  let context: ConsoleContext
  private let owners = KnownOwners()

  init(_ id: AccountID, kind: AccountKind, context: ConsoleContext) {
    self.id = id
    self.kind = kind
    self.context = context
  }

  var kindTitle: String { kind.title }
  var firstEntry: EditorEntryID { .general }
  func place(at entry: EditorEntryID) -> Place? { Places.account(id, kind, entry) }

  func permission(toEdit entry: EditorEntryID) -> Permission {
    if entry == .teams { return .teamsManage }
    return kind == .user ? .usersManage : .apiUsersManage
  }

  private var mayEdit: Bool { context.mayEdit(permission(toEdit: .general)) }
  private var pages: SubjectPages { SubjectPages(subject: .account(id), context: context, mayEdit: mayEdit) }

  func outline() -> Result<EditorOutline, Problem> {
    context.read { reader in
      guard let account = try reader.account(id) else {
        throw Trouble(
          "this \(kind.title) was deleted", hint: "Esc goes back to the list", exitStatus: .noInput)
      }
      let live = try reader.tokens(of: id).filter { $0.state(at: context.now) == .live }.count
      let connectors = try pages.connectorEntries(reader)
      return EditorOutline(
        name: account.name.text,
        entries: [.page(.general, "General", count: account.isEnabled ? "" : "disabled")]
          + (try keyEntries(reader)) + [
            .page(.teams, "Teams", count: count(try reader.teams(of: id).count)),
            .page(.roles, EditorEntryID.roles.title, count: count(try reader.roles(of: .account(id)).count)),
            .page(.tokens, "Tokens", count: count(live)),
            .page(.effective, "Effective access"),
          ] + connectors.entries,
        folded: connectors.folded)
    }
  }

  /// The entry for SSH keys. API users can't log in, and have no keys.
  private func keyEntries(_ reader: any SecurityReader) throws -> [NavigationPane<EditorEntryID>.Entry] {
    guard kind == .user else { return [] }
    return [.page(.keys, "SSH keys", count: count(try reader.publicKeys(of: id).count))]
  }

  private func count(_ count: Int) -> String { count == 0 ? "" : String(count) }

  func page(_ target: EditorTarget) -> (any EditorPage)? {
    switch target.entry {
    case .general: GeneralPage(accountGeneral, context, mending: Self.mended(target.mending))
    case .keys where kind == .user: PublicKeysPage(of: id, context: context)
    case .teams: ChecklistPage(teams, context)
    case .tokens: TokensPage(of: id, selecting: target.token, context: context)
    default: pages.page(target)
    }
  }

  /// Changes the General page's values so that they mend a denial; nil where the addition is not on that
  /// page.
  private static func mended(_ addition: Addition?) -> (@Sendable (inout AccountGeneral) -> Void)? {
    if case .enableAccount = addition { { $0.isEnabled = true } } else { nil }
  }

  private var teams: ChecklistSource<TeamID> {
    ChecklistSource(title: "Teams", isEditable: context.mayEdit(permission(toEdit: .teams))) {
      context.read { reader in
        ChecklistSource.Content(
          items: try reader.allTeams().map { CheckList.Item($0.id, $0.name.text, detail: $0.summary.text) },
          held: BoundedSet(bounded: try reader.teams(of: id).map { Bounded($0.value.id, $0.bounds) }),
          explanation: "A member of a team has what the team was given.",
          emptyText: "There are no teams yet: Security, Teams adds one.")
      }
    } saveBounded: { change, edit in
      try change.saveTeams(of: id, bounded: edit)
    }
  }

  private var accountGeneral: GeneralSource<AccountGeneral> {
    var source = generalFields
    if context.may(.securityRead) {
      source.lists["owner"] = { [context, owners] in owners.choose($1, context) }
    }
    return source
  }

  private var generalFields: GeneralSource<AccountGeneral> {
    GeneralSource(
      isEditable: mayEdit, fields: AccountGeneral.fields(of: kind).map { owners.typing($0) }
    ) {
      context.read { reader in
        guard let account = try reader.account(id) else { return nil }
        if kind == .apiUser { try owners.read(account.particulars.owner, reader, now: context.now) }
        return AccountGeneral(account)
      }
    } save: { change, edit in
      try change.saveGeneral(id, edit)
    }
  }
}

extension SecurityReader {
  /// All teams, ordered by name. There are far fewer teams than accounts.
  func allTeams() throws -> [Team] {
    var teams: [Team] = []
    var position = PagePosition<NameCursor<TeamID>>.first
    while true {
      let page = try self.teams(TeamQuery(), position, limit: maximumPageRows)
      teams += page.rows.map(\.team)
      guard page.hasAfter, let last = page.rows.last else { return teams }
      position = .after(last.cursor)
    }
  }
}
