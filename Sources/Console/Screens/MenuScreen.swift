import Access
import Terminal

/// One line of a menu.
struct MenuEntry: Sendable {
  let title: String
  let note: String
  /// A key that chooses the entry at once.
  let key: Key
  let action: MenuAction
  /// Whether the person may open the page of the entry.
  var isOffered: @Sendable () -> Bool = { true }
  /// Counts the things on the entry's page, off the main actor.
  var count: (@Sendable () -> Int?)?

  init(_ title: String, note: String, key: Key, _ action: MenuAction) {
    self.title = title
    self.note = note
    self.key = key
    self.action = action
  }
}

/// The action of choosing an entry.
enum MenuAction: Sendable {
  case open(@Sendable () -> any Screen)
  case global(GlobalAction)
}

/// A menu, such as the main menu and Security.
struct MenuScreen: Screen {
  enum Message: Sendable {
    case up, down, choose(Int), chooseSelected, first, last
    case counted([String: Int])
  }

  let title: String
  let place: Place?
  private let all: [MenuEntry]
  /// The counts, by the entries' titles.
  private var counts: [String: Int] = [:]
  private(set) var selection = 0
  private var keys = KeyAssignments()

  init(title: String, place: Place?, entries: [MenuEntry]) {
    self.title = title
    self.place = place
    all = entries
  }

  private var entries: [MenuEntry] { all.filter { $0.isOffered() } }

  var bindings: [KeyBinding<Message>] {
    [
      KeyBinding(.enter, "l", .right, hint: "open", help: "open what is selected", message: .chooseSelected),
      KeyBinding(
        "j", .down, .tab, .control("n"), hint: "down", group: "Moving", isHinted: false, message: .down),
      KeyBinding(
        "k", .up, .backTab, .control("p"), hint: "up", group: "Moving", isHinted: false, message: .up),
      KeyBinding("g", .home, .pageUp, hint: "first", group: "Moving", isHinted: false, message: .first),
      KeyBinding("G", .end, .pageDown, hint: "last", group: "Moving", isHinted: false, message: .last),
    ]
      + entries.enumerated().map { index, entry in
        KeyBinding(
          entry.key, hint: entry.title, help: "open \(entry.title)", group: "Menu", isHinted: false,
          message: .choose(index))
      }
      + [
        KeyBinding(
          "h", .left, hint: "back", help: "go back", group: "Moving", isHinted: false, message: .choose(-1))
      ]
  }

  mutating func arrange(_ config: ConsoleConfig, on page: String?) { keys = config.keys }

  mutating func appear() -> Effect<Message> { read() }
  mutating func reappear() -> Effect<Message> { read() }

  private func read() -> Effect<Message> {
    let counted = entries.compactMap { entry in entry.count.map { (entry.title, $0) } }
    guard !counted.isEmpty else { return .none }
    return .run("counting", cancelling: "counts", awaited: false) {
      .counted(
        Dictionary(counted.compactMap { title, count in count().map { (title, $0) } }) { first, _ in first })
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .up: selection = max(0, selection - 1)
    case .down: selection = max(0, min(entries.count - 1, selection + 1))
    case .first: selection = 0
    case .last: selection = max(0, entries.count - 1)
    case .chooseSelected: return choose(selection)
    case .choose(let index) where index < 0: return place == Places.main ? .none : .close
    case .choose(let index):
      selection = index
      return choose(index)
    case .counted(let counts): self.counts = counts
    }
    return .none
  }

  private func choose(_ index: Int) -> Effect<Message> {
    let entries = entries
    guard entries.indices.contains(index) else { return .none }
    switch entries[index].action {
    case .open(let make): return .open(make())
    case .global(let action): return .global(action)
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let entries = entries
    let area = frame.bounds.inset(columns: 2, rows: entries.count > frame.bounds.rows - 2 ? 0 : 1)
    let first = max(0, selection - area.rows + 1)
    frame.wheel(frame.bounds, up: .up, down: .down)
    if entries.isEmpty { frame.put("Nothing here is yours to see", in: area, style: .muted) }
    let width = (entries.map(\.title.count).max() ?? 0) + 4
    for (index, entry) in entries.enumerated().dropFirst(first).prefix(area.rows) {
      let row = Rect(column: area.column, row: area.row + index - first, columns: area.columns, rows: 1)
      draw(entry, index, in: row, titleColumns: width, on: &frame)
      frame.clickable(row, .choose(index))
    }
  }

  private func draw(
    _ entry: MenuEntry, _ index: Int, in row: Rect, titleColumns: Int, on frame: inout Frame<Message>
  ) {
    let isSelected = index == selection
    frame.put(isSelected ? "▸" : " ", in: row, style: Style(.accent, .bold))
    let id = KeyBinding<Message>.id(of: entry.title)
    let key = pageName.flatMap { keys.keys(of: id, on: $0)?.first } ?? entry.key
    frame.put(key.label, column: row.column + 2, row: row.row, style: Style(.accent, .bold))
    let title = row.splitLeft(4).rest
    let used = frame.put(" \(entry.title) ", in: title, style: .bold)
    if isSelected { frame.select(title.splitLeft(used).left) }
    frame.put(note(entry), in: row.splitLeft(5 + titleColumns).rest, style: .muted)
  }
  /// The note of an entry. Where some entries have counts, the words of all entries are aligned.
  private func note(_ entry: MenuEntry) -> String {
    guard all.contains(where: { $0.count != nil }) else { return entry.note }
    return (counts[entry.title]?.grouped ?? "").leftPadded(to: 9) + "  " + entry.note
  }
}
