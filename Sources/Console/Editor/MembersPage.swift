import Access
import Administration
import Store
import Terminal

/// The members of a team. Additions and removals are pending until they are saved.
struct MembersPage: EditorPage, ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<MemberRow>.Message)
    case picked(Set<AccountID>)
    case toggleRemoval(AccountID)
    case bound(AccountID, Bounds, saved: Bounds)
    /// The pending change was saved, or was proposed.
    case settled
  }

  let title = "Members"
  private let team: TeamID
  private let context: ConsoleContext
  private var changing = MemberChange()
  var rows: LoadedList<MemberRow>
  /// Whether kept edits could not be put back.
  private var isRefused = false

  init(of team: TeamID, context: ConsoleContext) {
    self.team = team
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: Self.columns(MemberChange(), context),
        emptyLine: context.mayEdit(.teamsManage) ? "Click here to add members" : "The team has no members"),
      source: .windows("reading members", context) { reader, search, position, limit in
        try reader.members(MemberQuery(team: team, matching: search), position, limit: limit)
      } count: {
        try $0.memberCount(MemberQuery(team: team, matching: $1))
      })
  }

  private static func columns(
    _ change: MemberChange, _ context: ConsoleContext
  ) -> [ListColumn<MemberRow>] {
    [
      ListColumn("name", "Name", width: .flexible(least: 15)) { row in
        let goes = change.removing.contains(row.account.id)
        let isBounded = change.bounded.contains(row.account.id)
        let mark = goes ? "- " : isBounded ? "* " : ""
        return ListCell(mark + row.account.name.text, goes ? Style(.danger) : .plain)
      },
      ListColumn("kind", "Kind", width: .fixed(8)) { ListCell($0.account.kind.title, .muted) },
      ListColumn(
        "state", "State", width: .flexible(least: 24),
        fitting: { row, columns in
          let bounds = change.bounded[row.account.id] ?? row.bounds
          let badge = row.account.isEnabled ? context.clock.badge(bounds, columns: columns) : nil
          return badge ?? .state(isEnabled: row.account.isEnabled)
        }),
    ]
  }

  var hasPendingChanges: Bool { !changing.isEmpty }
  var button: String? { context.mayEdit(.teamsManage) ? "Add members" : nil }

  var heading: [ListCell] {
    guard hasPendingChanges else {
      return [ListCell(title, .bold), ListCell("A member has what the team was given.", .muted)]
    }
    let (adding, removing, bounded) = (
      changing.adding.count, changing.removing.count, changing.bounded.count
    )
    return [
      ListCell(title + " *", .bold),
      ListCell(
        "pending: \(adding) to add, \(removing) to remove"
          + (bounded == 0 ? "; Ctrl-S saves" : ", \(bounded) to bound"), Style(.warning)),
    ]
  }

  var actions: [KeyBinding<Message>] {
    let obstacle = context.mayEdit(.teamsManage) ? nil : context.obstacle(.teamsManage)
    let goes = rows.selected.map { changing.removing.contains($0.account.id) } ?? false
    return [
      adding(help: "add members", unless: obstacle, does: add),
      onRow(
        " ", .delete, hint: goes ? "keep" : "remove", help: goes ? "keep the member" : "remove the member",
        unless: obstacle
      ) { .send(.toggleRemoval($0.account.id)) }.named("remove"),
      onRow(
        "t", hint: "from/until", help: "say from when and until when it is a member", unless: obstacle
      ) { row in
        let bounds = changing.bounded[row.account.id] ?? row.bounds
        return .ask(BoundsDialog(of: row.account.name.text, bounds, context: context)) {
          .send(.bound(row.account.id, $0, saved: row.bounds))
        }
      },
      onRow(.enter, "e", hint: "edit", help: "edit the member's security") {
        .open(context.editor(.account($0.account.id), $0.account.kind, at: EditorTarget(.teams)))
      },
    ].under(title)
  }

  private func add() -> Effect<Message> {
    .open(AccountPicker(title: "Add members", chosen: changing.adding, context: context)) { .picked($0) }
  }

  mutating func appear() -> Effect<Message> { .batch(reload(), isRefused ? .notRestored : .none) }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): return follow(message)
    case .picked(let ids): changing.adding = ids
    case .toggleRemoval(let id): change { $0.removing.formSymmetricDifference([id]) }
    case .bound(let id, let bounds, let saved): change { $0.bound(id, bounds, saved: saved) }
    case .settled:
      change { $0 = MemberChange() }
      return reload()
    }
    return .none
  }

  /// Changes the pending edits. The columns are made again, because the mark of a removal is part of a row's
  /// text.
  private mutating func change(_ body: (inout MemberChange) -> Void) {
    body(&changing)
    rows.list.columns = Self.columns(changing, context)
  }

  var saving: Result<PageSaving<Message>, Problem>? {
    guard hasPendingChanges else { return nil }
    return .success(
      PageSaving(
        title: title,
        carryOut: { [team, changing] change in
          try change.saveMembers(of: team, adding: changing.adding, removing: changing.removing)
          try change.saveBounds(ofMembersOf: team, changing.bounding)
        }, saved: .settled, proposed: .settled))
  }

  mutating func discard() -> Effect<Message> {
    change { $0 = MemberChange() }
    return .toast("changes dropped")
  }

  var pending: PendingEdits? {
    guard hasPendingChanges else { return nil }
    return PendingEdits(.members, changing)
  }

  mutating func restore(_ pending: PendingEdits) {
    guard context.mayEdit(.teamsManage), let kept = pending.read(.members, as: MemberChange.self) else {
      isRefused = true
      return
    }
    change { $0 = kept }
  }
}
