import Access
import Administration
import Store
import Terminal

/// Chooses some users and API users out of all there are, or one of them. What is typed filters them; Enter takes those
/// that are ticked, and no other, or the one that is marked where one is chosen.
struct AccountPicker: Screen {
  enum Message: Sendable {
    case rows(LoadedList<AccountRow>.Message)
    case toggle, switchKind, accept
  }
  typealias Outcome = Set<AccountID>

  let title: String
  private let context: ConsoleContext
  /// Whether one is chosen, of its kind.
  private let isSingle: Bool
  private var kind: AccountKind
  private var chosen: Set<AccountID>
  private var rows: LoadedList<AccountRow>

  init(title: String, chosen: Set<AccountID> = [], context: ConsoleContext) {
    self.title = title
    self.context = context
    self.chosen = chosen
    isSingle = false
    kind = .apiUser
    rows = Self.makeRows(.apiUser, Self.columns(chosen), context)
  }

  /// Chooses one of a kind.
  /// - Parameter filter: what is filtered by from the start.
  init(one kind: AccountKind, title: String, filter: String, context: ConsoleContext) {
    self.title = title
    self.context = context
    self.kind = kind
    chosen = []
    isSingle = true
    rows = Self.makeRows(kind, [Self.nameColumn], context, filter: filter)
  }

  private static func makeRows(
    _ kind: AccountKind, _ columns: [ListColumn<AccountRow>], _ context: ConsoleContext, filter: String = ""
  ) -> LoadedList<AccountRow> {
    LoadedList(
      WindowedList(
        columns: columns, emptyLine: "There are no \(kind.pluralTitle)",
        filterPlaceholder: "type part of a name", isFilterOpen: true,
        filterText: filter),
      source: AccountListScreen.source(kind, context, .name, false), headingRows: 1)
  }

  private static func columns(_ chosen: Set<AccountID>) -> [ListColumn<AccountRow>] {
    [
      ListColumn("mark", "", width: .fixed(3)) { ListCell(chosen.contains($0.account.id) ? "[x]" : "[ ]") },
      nameColumn,
    ]
  }

  private static var nameColumn: ListColumn<AccountRow> {
    ListColumn("name", "Name", width: .flexible(least: 16)) { ListCell($0.account.name.text) }
  }

  var presentation: Presentation { .dialog(Size(columns: 60, rows: 16)) }

  var bindings: [KeyBinding<Message>] {
    let isFiltered = !rows.list.filter.text.isEmpty
    // With a filter a space is part of a name.
    let ticking: [Key] = isFiltered ? [.tab] : [.tab, " "]
    var tick = KeyBinding<Message>(hint: "tick", help: "tick or untick", message: .toggle)
    tick.keys = ticking
    let several = [
      tick,
      KeyBinding(.enter, hint: "take these", help: "take those that are ticked", message: .accept),
      KeyBinding(
        .control("t"), .backTab, hint: kind == .user ? "API users" : "users",
        help: "switch between users and API users", message: .switchKind),
    ]
    let own = isSingle ? [KeyBinding(.enter, hint: "choose", message: .accept)] : several
    // Without a filter Esc leaves the dialog.
    let clear = KeyBinding<Message>(
      .escape, hint: "clear", help: "clear the filter", message: .rows(.list(.filter(.empty))))
    let open = KeyBinding<Message>(
      "/", hint: "filter", group: "List", isHinted: false, message: .rows(.list(.filter(.open))))
    return own + (isFiltered ? [clear] : [open]) + rows.list.arrows.map { $0.map { .rows(.list($0)) } }
  }

  func typed(_ input: TextInput) -> Message? {
    // As elsewhere `/` begins to filter, which is begun already.
    if rows.list.filter.text.isEmpty, input == .key("/") || (!isSingle && input == .key(" ")) { return nil }
    return rows.list.typed(input).map { .rows(.list($0)) }
  }
  mutating func layout(in bounds: Rect) -> Effect<Self> { rows.layout(in: bounds) { .rows($0) } }
  mutating func appear() -> Effect<Self> { rows.reload { .rows($0) } }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message):
      let (_, effect) =
        rows.update(message) { Message.rows($0) } as (WindowedList<AccountRow>.Event?, Effect<Self>)
      return effect
    case .toggle:
      guard let id = rows.selected?.account.id else { return .none }
      chosen.formSymmetricDifference([id])
      rows.list.columns = Self.columns(chosen)
      return
        (rows.update(.list(.down)) { Message.rows($0) } as (WindowedList<AccountRow>.Event?, Effect<Self>)).1
    case .switchKind:
      kind = kind == .user ? .apiUser : .user
      rows = Self.makeRows(kind, Self.columns(chosen), context)
      return .batch(rows.layout(in: lastBounds) { .rows($0) }, rows.reload { .rows($0) })
    // Who typed ahead means rows that they have not seen yet.
    case .accept where isSingle: return rows.selected.map { .close(with: [$0.account.id]) } ?? .none
    case .accept: return rows.list.isCurrent ? .close(with: chosen) : .none
    }
  }

  private var lastBounds: Rect { Rect(Size(columns: 60, rows: 16)) }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    let ticked = isSingle ? "" : ", \(chosen.count) ticked"
    frame.put("\(kind.pluralTitle)\(ticked); type part of a name", in: heading, style: .muted)
    frame.child(rest, { .rows($0) }) { rows.draw(on: &$0) }
  }
}
