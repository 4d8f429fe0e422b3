import Access
import Administration
import Store
import Terminal

/// The members of a team. What is added and removed is pending until it is saved.
struct MembersPage: EditorPage {
  enum Message: Sendable {
    case rows(LoadedList<MemberRow>.Message)
    case add, remove, open
    case picked(Set<AccountID>)
    case looked(Result<AccessEffect, Problem>)
    case confirmed(Confirmation)
    case saved(Problem?)
    case save
  }

  private let team: TeamID
  private let context: ConsoleContext
  private var adding: Set<AccountID> = []
  private var removing: Set<AccountID> = []
  private(set) var rows: LoadedList<MemberRow>
  private var isSaving = false
  /// What was put back could not be.
  private var isRefused = false

  init(of team: TeamID, context: ConsoleContext) {
    self.team = team
    self.context = context
    let list = WindowedList<MemberRow>(
      columns: Self.columns(removing: []),
      emptyLine: context.may(.teamsManage) ? "Click here to add members" : "The team has no members")
    rows = LoadedList(list, source: Self.source(team, context), headingRows: 2)
  }

  private static func columns(removing: Set<AccountID>) -> [ListColumn<MemberRow>] {
    [
      ListColumn("name", "Name", width: .flexible(least: 16)) { row in
        let goes = removing.contains(row.account.id)
        return ListCell((goes ? "- " : "") + row.account.name.text, goes ? Style(.danger) : .plain)
      },
      ListColumn("kind", "Kind", width: .fixed(8)) { ListCell($0.account.kind.title, .muted) },
      ListColumn("state", "State", width: .fixed(8), priority: 1) {
        $0.account.isEnabled ? ListCell("enabled", Style(.good)) : ListCell("disabled", Style(.warning))
      },
    ]
  }

  private static func source(_ team: TeamID, _ context: ConsoleContext) -> LoadedList<MemberRow>.Source {
    @Sendable func query(_ filter: String) -> MemberQuery {
      MemberQuery(team: team, matching: SearchText(filter))
    }
    return LoadedList.Source("reading members") { request in
      context.read { reader in
        try request.page { position, limit in
          ListPage(try reader.members(query(request.filter), position.stored, limit: limit))
        }
      }
    } count: { filter in
      context.read { try $0.memberCount(query(filter)) }
    }
  }

  var title: String { "Members" }
  var hasPendingChanges: Bool { !adding.isEmpty || !removing.isEmpty }

  var bindings: [KeyBinding<Message>] {
    let list = rows.list.bindings.map { $0.map { Message.rows(.list($0)) } }
    guard !rows.list.isTyping else { return list }
    var bindings: [KeyBinding<Message>] = []
    if context.may(.teamsManage) {
      if rows.list.isEmpty {
        bindings.append(KeyBinding(.enter, hint: "add", help: "add members", isHinted: false, message: .add))
      }
      bindings.append(KeyBinding("a", hint: "add", help: "add members", group: "Members", message: .add))
      if let row = rows.selected {
        let goes = removing.contains(row.account.id)
        bindings.append(
          KeyBinding(
            " ", .delete, hint: goes ? "keep" : "remove",
            help: goes ? "keep the member" : "remove the member",
            group: "Members", message: .remove))
      }
    }
    if rows.selected != nil {
      bindings.append(
        KeyBinding(
          .enter, "e", hint: "edit", help: "edit the member's security", group: "Members", message: .open))
    }
    return bindings + list
  }

  func typed(_ input: TextInput) -> Message? { rows.list.typed(input).map { .rows(.list($0)) } }
  mutating func layout(in bounds: Rect) -> Effect<Self> { rows.layout(in: bounds) { .rows($0) } }
  mutating func appear() -> Effect<Self> {
    .batch(rows.reload { .rows($0) }, isRefused ? .notRestored : .none)
  }
  mutating func reappear() -> Effect<Self> { rows.reload { .rows($0) } }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return follow(message)
    case .add:
      return .open(AccountPicker(title: "Add members", chosen: adding, context: context)) { .picked($0) }
    case .picked(let ids): adding = ids
    case .remove: toggleRemoval()
    case .open: return open()
    case .save: return save()
    case .looked(let effect): return confirm(effect)
    case .confirmed(.confirm): return carryOut()
    case .confirmed(.cancel): isSaving = false
    case .saved(let problem): return ended(problem)
    }
    return .none
  }

  private mutating func follow(_ message: LoadedList<MemberRow>.Message) -> Effect<Self> {
    let (event, effect) =
      rows.update(message) { Message.rows($0) } as (WindowedList<MemberRow>.Event?, Effect<Self>)
    if case .emptyLine = event, context.may(.teamsManage) { return .batch(effect, .send(.add)) }
    return effect
  }

  private mutating func toggleRemoval() {
    guard let id = rows.selected?.account.id else { return }
    removing.formSymmetricDifference([id])
    redoColumns()
  }

  /// The mark of what goes is part of a row's text.
  private mutating func redoColumns() { rows.list.columns = Self.columns(removing: removing) }

  private func open() -> Effect<Self> {
    guard let account = rows.selected?.account else { return .none }
    return .open(
      EditorScreen(AccountEditor(account.id, kind: account.kind, context: context), at: EditorTarget(.teams)))
  }

  mutating func save() -> Effect<Self> {
    guard hasPendingChanges, !isSaving else { return .none }
    isSaving = true
    return .run("looking what it does") { [team, adding, removing, context] in
      .looked(
        context.effect { administration in
          try administration.change { try $0.saveMembers(of: team, adding: adding, removing: removing) }
        })
    }
  }

  private func confirm(_ effect: Result<AccessEffect, Problem>) -> Effect<Self> {
    guard case .success(let effect) = effect, !effect.isEmpty else { return carryOut() }
    return .open(
      EffectDialog(title: "Save members", text: "This is what it does:", action: "Save", effect: effect)
    ) { .confirmed($0) }
  }

  private func carryOut() -> Effect<Self> {
    .run("saving members") { [team, adding, removing, context] in
      .saved(context.change { try $0.saveMembers(of: team, adding: adding, removing: removing) }.problem)
    }
  }

  private mutating func ended(_ problem: Problem?) -> Effect<Self> {
    isSaving = false
    if let problem { return .toast(problem) }
    clear()
    return .batch(.toast("Members saved", .good), rows.reload { .rows($0) })
  }

  var pending: PendingEdits? {
    guard hasPendingChanges else { return nil }
    return .members(
      adding: adding.map(\.draftText).sorted(), removing: removing.map(\.draftText).sorted())
  }

  mutating func restore(_ pending: PendingEdits) {
    guard context.may(.teamsManage), case .members(let added, let removed) = pending else {
      isRefused = true
      return
    }
    adding = Set(added.compactMap(AccountID.init(draftText:)))
    removing = Set(removed.compactMap(AccountID.init(draftText:)))
    redoColumns()
  }

  mutating func discard() -> Effect<Self> {
    clear()
    return .toast("changes dropped")
  }

  private mutating func clear() {
    adding = []
    removing = []
    redoColumns()
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    let mayChange = context.may(.teamsManage)
    Heading(text: "Members" + (hasPendingChanges ? " *" : ""), action: mayChange ? "Add members" : nil)
      .draw(in: heading, on: &frame, .add)
    frame.putFitted(pendingText, in: rest, style: hasPendingChanges ? Style(.warning) : .muted)
    frame.child(rest.splitTop(1).rest, { .rows($0) }) { rows.draw(on: &$0) }
  }

  private var pendingText: String {
    guard hasPendingChanges else { return "A member has what the team was given." }
    return "pending: \(adding.count) to add, \(removing.count) to remove; Ctrl-S saves"
  }
}
