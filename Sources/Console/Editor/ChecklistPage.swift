import Access
import Administration
import Terminal

/// A page with rows to tick: teams, roles, and the pages of a grant.
struct ChecklistPage<ID: Hashable & Sendable & Codable & Comparable>: EditorPage {
  enum Message: Sendable {
    case loaded(Result<ChecklistSource<ID>.Content, Problem>)
    case list(CheckList<ID>.Message)
    case saved(CheckList<ID>.Choice)
    case proposed
    /// Somebody else saved the first choice meanwhile; the second one has both changes.
    case merged(theirs: CheckList<ID>.Choice, CheckList<ID>.Choice)
    /// Asks when the selected row counts.
    case askBounds
    case bound(ID, Bounds)
  }

  let source: ChecklistSource<ID>
  let context: ConsoleContext
  var list: CheckList<ID>?
  private var content: ChecklistSource<ID>.Content?
  private var problem: Problem?
  private var bounds = Rect(Size(columns: 50, rows: 20))
  /// The kept edits that are put back once the rows are read.
  var restoring: PendingEdits?
  /// The row that mends the denial from which the person came here. It is ticked and selected once the rows
  /// are read.
  private var mending: ID?

  init(_ source: ChecklistSource<ID>, _ context: ConsoleContext, mending: Addition? = nil) {
    self.source = source
    self.context = context
    self.mending = mending?.row()
  }

  var title: String { source.title }
  var hasPendingChanges: Bool { list?.isChanged ?? false }

  var bindings: [KeyBinding<Message>] {
    guard var list else { return [] }
    list.isEditable = source.isEditable
    let bindings = list.bindings.map { $0.map { Message.list($0) } }
    guard source.isBounded, list.isEditable, !list.isTyping else { return bindings }
    let ticked = list.selectedItem.flatMap { list.choice.held[$0.id] }
    let bound = KeyBinding<Message>(
      "t", hint: "from/until", help: "say from when and until when it counts", group: "List",
      message: .askBounds)
    return bindings.prefix(1) + [bound].unless(ticked == nil ? "tick the row first" : nil)
      + bindings.dropFirst()
  }
  func typed(_ input: TextInput) -> Message? { list?.typed(input).map { .list($0) } }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    self.bounds = bounds
    let area = listArea
    list?.layout(in: area)
    return .none
  }

  mutating func appear() -> Effect<Message> { load() }
  /// Does not read again while changes are pending. If others saved meanwhile, saving finds the conflict.
  mutating func reappear() -> Effect<Message> {
    lookUpRight()
    return hasPendingChanges ? .none : load()
  }

  /// Looks up whether rows may be ticked, because the right may end while the page is open.
  private mutating func lookUpRight() {
    let isEditable = source.isEditable
    list?.isEditable = isEditable
  }

  private func load() -> Effect<Message> {
    .run("reading \(source.title)", cancelling: "load") { [source] in .loaded(source.load()) }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .loaded(.success(let content)): return take(content)
    case .loaded(.failure(let problem)): self.problem = problem
    case .list(let message):
      lookUpRight()
      _ = list?.update(message)
    case .askBounds: return askBounds()
    case .bound(let id, let bounds): list?.bound(id, bounds)
    case .saved(let choice):
      list?.saved = choice
      return load()
    case .proposed:
      if let saved = list?.saved { list?.choice = saved }
      return load()
    case .merged(let theirs, let merged):
      list?.saved = theirs
      list?.choice = merged
    }
    return .none
  }

  private func askBounds() -> Effect<Message> {
    guard let item = list?.selectedItem, let bounds = list?.choice.held[item.id] else { return .none }
    return .ask(BoundsDialog(of: item.title, bounds, context: context)) { .send(.bound(item.id, $0)) }
  }

  private mutating func take(_ content: ChecklistSource<ID>.Content) -> Effect<Message> {
    guard !hasPendingChanges else { return .none }
    self.content = content
    problem = nil
    var next = CheckList(
      items: content.items, choice: content.choice, allLabel: source.allLabel,
      emptyText: content.emptyText, isEditable: source.isEditable)
    next.keepPosition(of: list)
    next.layout(in: listArea)
    let isRestored = restoring.map { putBack($0, &next) } ?? true
    restoring = nil
    if let mending { next.tick(mending) }
    mending = nil
    list = next
    return isRestored ? .none : .notRestored
  }

  mutating func discard() -> Effect<Message> {
    if let saved = list?.saved { list?.choice = saved }
    return .batch(.toast("changes dropped"), load())
  }

  private var listArea: Rect { bounds.splitTop(2 + remarkLines(bounds.columns).count).rest }

  private func remarkLines(_ columns: Int) -> [String] {
    let lines = content?.remark.map { wrap($0, columns: columns) } ?? []
    guard lines.count > 3 else { return lines }
    return lines.prefix(2) + [fit(lines[2] + " " + lines[3], columns: columns)]
  }

  func draw(on frame: inout Frame<Message>) {
    let only = list?.isOnlyGiven ?? false ? ": only what is given" : ""
    let heading = (content?.heading ?? source.title) + only + (hasPendingChanges ? " *" : "")
    frame.put(heading, in: frame.bounds, style: .bold)
    if let problem {
      frame.put(problem, in: frame.bounds.splitTop(1).rest)
      return
    }
    frame.put(content?.explanation ?? "", in: frame.bounds.splitTop(1).rest, style: .muted)
    guard let list else { return }
    let remark = remarkLines(frame.bounds.columns)
    for (offset, line) in remark.enumerated() {
      frame.put(
        line, column: frame.bounds.column, row: frame.bounds.row + 2 + offset, style: Style(.warning))
    }
    let area = frame.bounds.splitTop(2 + remark.count).rest
    frame.child(area, { .list($0) }) {
      list.draw(in: area, on: &$0) { context.clock.badge($0, columns: $1) }
    }
  }
}
