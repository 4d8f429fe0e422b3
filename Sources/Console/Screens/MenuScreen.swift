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
    case overview(Overview.Message)
    /// Opens the list of a number of the overview.
    case open(Int)
    /// Goes from the entries to the numbers of the overview, and back.
    case toggle
  }

  let title: String
  let place: Place?
  let all: [MenuEntry]
  /// The counts, by the entries' titles.
  private(set) var counts: [String: Int] = [:]
  /// The entry that is selected. The numbers of the overview that are on the screen follow the entries.
  private(set) var selection = 0
  private(set) var keys = KeyAssignments()
  private(set) var overview: Overview?
  private var bounds = Rect(Size(columns: 80, rows: 22))

  /// - Parameter overview: what stands below the entries; nil for nothing.
  init(title: String, place: Place?, entries: [MenuEntry], overview: Overview? = nil) {
    self.title = title
    self.place = place
    self.overview = overview
    all = entries
  }

  var entries: [MenuEntry] { all.filter { $0.isOffered() } }
  /// The number of entries and numbers through which the selection moves.
  private var choiceCount: Int { entries.count + (overviewLayout?.figures.count ?? 0) }

  /// The overview's places; nil where there is none.
  var overviewLayout: OverviewLayout? {
    guard let overview else { return nil }
    let area = area(in: bounds)
    let below = area.row + entries.count + 1
    return OverviewLayout(
      in: Rect(column: area.column, row: below, columns: area.columns, rows: bounds.endRow - below),
      figureCount: overview.figures.count)
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    self.bounds = bounds
    selection = max(0, min(selection, choiceCount - 1))
    return .none
  }

  var bindings: [KeyBinding<Message>] {
    [
      KeyBinding(.enter, "l", .right, hint: "open", help: "open what is selected", message: .chooseSelected)
    ] + moving + [
      KeyBinding("g", .home, .pageUp, hint: "first", group: "Moving", isHinted: false, message: .first),
      KeyBinding("G", .end, .pageDown, hint: "last", group: "Moving", isHinted: false, message: .last),
    ]
      + numbers
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

  /// Tab goes to the numbers of the overview and back. In a menu without numbers it moves.
  private var moving: [KeyBinding<Message>] {
    let isPlain = overview == nil
    var down = KeyBinding<Message>(hint: "down", group: "Moving", isHinted: false, message: .down)
    down.keys = isPlain ? ["j", .down, .tab, .control("n")] : ["j", .down, .control("n")]
    var up = KeyBinding<Message>(hint: "up", group: "Moving", isHinted: false, message: .up)
    up.keys = isPlain ? ["k", .up, .backTab, .control("p")] : ["k", .up, .control("p")]
    let toggle = KeyBinding<Message>(
      .tab, .backTab, hint: "numbers", help: "go to the numbers, and back", group: "Moving", isHinted: false,
      message: .toggle)
    return isPlain ? [down, up] : [down, up, toggle]
  }

  private var numbers: [KeyBinding<Message>] {
    (overview?.figures ?? []).enumerated().map { index, figure in
      KeyBinding(
        figure.key, hint: figure.title, help: "list: \(figure.title)", group: "Overview", isHinted: false,
        message: .open(index))
    }
  }

  mutating func appear() -> Effect<Message> { read() }
  mutating func reappear() -> Effect<Message> { read() }

  private mutating func read() -> Effect<Message> {
    .batch(overview?.read().map { .overview($0) } ?? .none, count())
  }

  private func count() -> Effect<Message> {
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
    case .down: selection = max(0, min(choiceCount - 1, selection + 1))
    case .first: selection = 0
    case .last: selection = max(0, choiceCount - 1)
    case .chooseSelected: return choose(selection)
    case .choose(let index) where index < 0: return place == Places.main ? .none : .close
    case .choose(let index):
      selection = index
      return choose(index)
    case .counted(let counts): self.counts = counts
    case .overview(let message): return overview?.update(message).map { .overview($0) } ?? .none
    case .open(let index): return openFigure(index)
    case .toggle: selection = selection < entries.count && choiceCount > entries.count ? entries.count : 0
    }
    return .none
  }

  private mutating func openFigure(_ index: Int) -> Effect<Message> {
    if entries.count + index < choiceCount { selection = entries.count + index }
    return overview?.open(index).map { .overview($0) } ?? .none
  }

  private mutating func choose(_ index: Int) -> Effect<Message> {
    let entries = entries
    if index >= entries.count { return openFigure(index - entries.count) }
    guard entries.indices.contains(index) else { return .none }
    switch entries[index].action {
    case .open(let make):
      return .batch(overview?.stop.map { .overview($0) } ?? .none, .open(make()))
    case .global(let action): return .global(action)
    }
  }
}
