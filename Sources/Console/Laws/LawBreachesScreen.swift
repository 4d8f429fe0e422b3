import Access
import Administration
import Store
import Terminal

/// What breaks a law now: each one who does, with one counterexample. It is looked for in the background, and the list is
/// bounded.
struct LawBreachesScreen: EditorPage, ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<Row>.Message)
    case looked(Result<(law: Law<AsWritten>, look: LawLook), Problem>)
  }
  typealias Row = Numbered<LawBreachRow>

  /// The most breaches that are listed.
  private static let mostBreaches = 500
  private static let lookMilliseconds = 20_000

  private let name: Name
  private let context: ConsoleContext
  private let looking: LawLooking
  private var looked: Result<(law: Law<AsWritten>, look: LawLook), Problem>?
  var rows: LoadedList<Row>

  init(_ name: Name, context: ConsoleContext) {
    self.name = name
    self.context = context
    looking = LawLooking(context)
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Counterexample", width: .flexible(least: 20)) {
            ListCell($0.found.words.counterexample)
          }
        ], emptyLine: "Looking…", isFilterable: true),
      source: Self.source([]))
  }

  private static func source(_ found: [LawLook.Found]) -> LoadedList<Row>.Source {
    .whole("reading what breaks it", matching: { $0.found.words.counterexample }) {
      found.enumerated().map { LawBreachRow(id: $0.offset, found: $0.element) }
    }
  }

  let title = EditorEntryID.breaches.title
  var pageName: String? { "law-breaches" }
  var headingRows: Int { 3 }

  var heading: [ListCell] {
    let law = (try? looked?.get())?.law
    let standing = LawStandingText(look: looked.map { $0.map(\.look) }, isWatching: law?.mode == .watch)
    return [ListCell(title, .bold), standing.line]
      + [standing.unknown ?? law.map { ListCell(LawWords($0).rule, .muted) }].compactMap { $0 }
  }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "w", hint: "why", help: "why it breaks the law") {
        BreachDestination(found: $0.found, context: context).open()
      }
    ]
  }

  /// The whole counterexample of the selected row, and the commands that show it.
  func detailRows(in bounds: Rect) -> Int { bounds.rows >= 14 ? 4 : 2 }
  func details(rows count: Int) -> [String] {
    guard let words = rows.selected?.found.words else { return [] }
    return [words.counterexample] + (words.commandLine.map { [$0] } ?? [])
  }

  mutating func appear() -> Effect<Message> { .batch(reload(), look()) }
  mutating func reappear() -> Effect<Message> { look() }

  private func look() -> Effect<Message> {
    let look = looking.begin(most: Self.mostBreaches, milliseconds: Self.lookMilliseconds)
    return .run("looking who breaks the law", cancelling: "look", awaited: false) { [context, name] in
      .looked(
        context.read { try $0.present(name) }.flatMap { law in look(law).map { (law, $0) } })
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): return follow(message)
    case .looked(let looked):
      self.looked = looked
      let look = try? looked.get().look
      rows.list.emptyLine = look?.standing == .holds ? "Nobody breaks the law" : ""
      rows.source = Self.source(look?.found ?? [])
      return reload()
    }
  }
}

struct LawBreachRow: Identifiable, Sendable {
  let id: Int
  let found: LawLook.Found
}
