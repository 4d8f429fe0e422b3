import Access
import Administration
import Store
import Terminal

/// Who has a system role directly.
struct HoldersPage: EditorPage {
  struct Row: ListRow {
    let id: SubjectID
    let kind: AccountKind?
    let name: String
    let cursor: Int
  }
  enum Message: Sendable {
    case rows(LoadedList<Row>.Message)
    case open
  }

  /// More are counted in the navigation pane, not listed.
  private static let most = 1_000

  private let context: ConsoleContext
  private var rows: LoadedList<Row>

  init(_ role: SystemRole, context: ConsoleContext) {
    self.context = context
    let list = WindowedList<Row>(
      columns: [
        ListColumn("name", "Name", width: .flexible(least: 16)) { ListCell($0.name) },
        ListColumn("kind", "Kind", width: .fixed(8)) { ListCell($0.kind?.title ?? "team", .muted) },
        ListColumn("edit", "", width: .fixed(4), isLink: true) { _ in ListCell("Edit", Style(.accent)) },
      ], emptyLine: "Nobody has this role", isFilterable: false)
    rows = LoadedList(
      list,
      source: LoadedList.Source("reading who has it") { request in
        context.read { reader in
          let holders = try reader.subjects(with: role, limit: Self.most)
          return request.page(
            of: holders.enumerated().map {
              Row(id: $0.element.id, kind: $0.element.kind, name: $0.element.name.text, cursor: $0.offset)
            })
        }
      }, headingRows: 1)
  }

  var title: String { "Who has it" }
  var hasPendingChanges: Bool { false }
  mutating func save() -> Effect<Self> { .none }
  mutating func discard() -> Effect<Self> { .none }

  var bindings: [KeyBinding<Message>] {
    let open = KeyBinding<Message>(.enter, "e", hint: "edit", help: "edit its security", message: .open)
    return (rows.selected == nil ? [] : [open]) + rows.list.bindings.map { $0.map { .rows(.list($0)) } }
  }

  mutating func layout(in bounds: Rect) -> Effect<Self> { rows.layout(in: bounds) { .rows($0) } }
  mutating func appear() -> Effect<Self> { rows.reload { .rows($0) } }
  mutating func reappear() -> Effect<Self> { rows.reload { .rows($0) } }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .open: return open()
    case .rows(let message):
      let (event, effect) =
        rows.update(message) { Message.rows($0) } as (WindowedList<Row>.Event?, Effect<Self>)
      if case .link = event { return .batch(effect, .send(.open)) }
      return effect
    }
  }

  private func open() -> Effect<Self> {
    guard let row = rows.selected else { return .none }
    let target = EditorTarget(.roles)
    switch row.id {
    case .team(let id): return .open(EditorScreen(TeamEditor(id, context: context), at: target))
    case .account(let id):
      return .open(EditorScreen(AccountEditor(id, kind: row.kind ?? .apiUser, context: context), at: target))
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    frame.put("Who has it", in: heading, style: .bold)
    frame.child(rest, { .rows($0) }) { rows.draw(on: &$0) }
  }
}
