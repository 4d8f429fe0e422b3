import Access
import Administration
import Store
import Terminal

/// Chooses some users and API users out of all there are.
struct AccountPicker: Screen {
  enum Message: Sendable {
    case rows(LoadedList<AccountRow>.Message)
    case toggle, switchKind, accept
  }
  typealias Outcome = Set<AccountID>

  let title: String
  private let context: ConsoleContext
  private var kind = AccountKind.apiUser
  private var chosen: Set<AccountID>
  private var rows: LoadedList<AccountRow>

  init(title: String, chosen: Set<AccountID> = [], context: ConsoleContext) {
    self.title = title
    self.context = context
    self.chosen = chosen
    rows = Self.makeRows(.apiUser, chosen, context)
  }

  private static func makeRows(
    _ kind: AccountKind, _ chosen: Set<AccountID>, _ context: ConsoleContext
  ) -> LoadedList<AccountRow> {
    LoadedList(
      WindowedList(columns: columns(chosen), emptyLine: "There are no \(kind.pluralTitle)"),
      source: AccountListScreen.source(kind, context, .name, false), headingRows: 1)
  }

  private static func columns(_ chosen: Set<AccountID>) -> [ListColumn<AccountRow>] {
    [
      ListColumn("mark", "", width: .fixed(3)) { ListCell(chosen.contains($0.account.id) ? "[x]" : "[ ]") },
      ListColumn("name", "Name", width: .flexible(least: 16)) { ListCell($0.account.name.text) },
    ]
  }

  var presentation: Presentation { .dialog(Size(columns: 60, rows: 16)) }

  var bindings: [KeyBinding<Message>] {
    let list = rows.list.bindings.map { $0.map { Message.rows(.list($0)) } }
    guard !rows.list.isTyping else { return list }
    return [
      KeyBinding(" ", hint: "tick", help: "tick or untick", message: .toggle),
      KeyBinding(.enter, hint: "take these", help: "take those that are ticked", message: .accept),
      KeyBinding(
        .tab, hint: kind == .user ? "API users" : "users", help: "switch between users and API users",
        message: .switchKind),
    ] + list
  }

  func typed(_ input: TextInput) -> Message? { rows.list.typed(input).map { .rows(.list($0)) } }
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
      rows = Self.makeRows(kind, chosen, context)
      return .batch(rows.layout(in: lastBounds) { .rows($0) }, rows.reload { .rows($0) })
    case .accept: return .close(with: chosen)
    }
  }

  private var lastBounds: Rect { Rect(Size(columns: 60, rows: 16)) }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    frame.put("\(kind.pluralTitle), \(chosen.count) ticked", in: heading, style: .muted)
    frame.child(rest, { .rows($0) }) { rows.draw(on: &$0) }
  }
}
