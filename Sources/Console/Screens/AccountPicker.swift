import Access
import Administration
import Store
import Terminal

/// Chooses some users and API users, or a single one. Typing filters the list. Enter takes only the ticked
/// accounts, or where a single one is chosen the marked one.
struct AccountPicker: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<AccountRow>.Message)
    case toggle(AccountID)
    case switchKind
  }
  typealias Outcome = Set<AccountID>

  let title: String
  private let context: ConsoleContext
  /// Whether a single account is chosen.
  private let isSingle: Bool
  private var kind: AccountKind
  private var chosen: Set<AccountID>
  private var bounds = Rect(Self.size)
  var rows: LoadedList<AccountRow>
  private static let size = Size(columns: 60, rows: 16)

  init(title: String, chosen: Set<AccountID> = [], context: ConsoleContext) {
    self.title = title
    self.context = context
    self.chosen = chosen
    isSingle = false
    kind = .apiUser
    rows = Self.makeRows(.apiUser, Self.columns(chosen), context)
  }

  /// Makes a picker for a single account of one kind.
  /// - Parameter filter: the text of the filter from the start.
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
        filterPlaceholder: "type part of a name", isFilterOpen: true, filterText: filter),
      source: AccountListScreen.source(kind, context, KnownOwners()))
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

  var presentation: Presentation { .dialog(Self.size) }

  var heading: [ListCell] {
    let ticked = isSingle ? "" : ", \(chosen.count) ticked"
    return [ListCell("\(kind.pluralTitle)\(ticked); type part of a name", .muted)]
  }

  /// The keys. The filter is open from the start, and the list has no keys of its own beside it.
  var bindings: [KeyBinding<Message>] {
    actions + rows.list.arrows.map { $0.map { .rows(.list($0)) } }
  }

  var actions: [KeyBinding<Message>] {
    let isFiltered = !rows.list.filter.text.isEmpty
    // With an empty filter Esc leaves the dialog.
    let filtering =
      isFiltered
      ? KeyBinding<Message>(
        .escape, hint: "clear", help: "clear the filter", message: .rows(.list(.filter(.empty))))
      : KeyBinding(
        "/", hint: "filter", group: "List", isHinted: false, message: .rows(.list(.filter(.open))))
    guard !isSingle else {
      return [onRow(.enter, hint: "choose") { close(with: [$0.account.id]) }, filtering]
    }
    var tick = onRow(.tab, hint: "tick", help: "tick or untick") { .send(.toggle($0.account.id)) }
    // With a filter a space is part of a name.
    if !isFiltered { tick.keys.append(" ") }
    return [
      tick,
      // Keys that were typed ahead would apply to rows that the person has not seen yet.
      KeyBinding(.enter, hint: "take these", help: "take those that are ticked") {
        rows.list.isCurrent ? close(with: chosen) : .none
      },
      KeyBinding(
        .control("t"), .backTab, hint: kind == .user ? "API users" : "users",
        help: "switch between users and API users", message: .switchKind), filtering,
    ]
  }

  func typed(_ input: TextInput) -> Message? {
    // A `/` opens a filter elsewhere. Here the filter is open already, so the key is ignored.
    if rows.list.filter.text.isEmpty, input == .key("/") || (!isSingle && input == .key(" ")) { return nil }
    return rows.list.typed(input).map { .rows(.list($0)) }
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    self.bounds = bounds
    return layoutList(in: bounds)
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): return follow(message)
    case .toggle(let id):
      chosen.formSymmetricDifference([id])
      rows.list.columns = Self.columns(chosen)
      return follow(.list(.down))
    case .switchKind:
      kind = kind == .user ? .apiUser : .user
      rows = Self.makeRows(kind, Self.columns(chosen), context)
      return .batch(layoutList(in: bounds), reload())
    }
  }
}
