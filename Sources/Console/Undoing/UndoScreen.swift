import Access
import Administration
import Store
import Terminal

/// A change of one's own in the list.
struct UndoRow: ListRow {
  let entry: UndoEntry
  let cursor: Int
  var id: Int64 { entry.number }
}

/// Undo: one's own last changes, the latest first. It starts on the one that is most likely meant.
struct UndoScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<UndoRow>.Message)
    case read(Result<[UndoEntry], Problem>)
    case look
    case looked(Result<UndoTrial, Problem>)
    case confirmed(UndoTrial)
    case done(UndoEntry, Problem?)
  }

  private let context: ConsoleContext
  var rows: LoadedList<UndoRow>
  /// Whether it is known yet on which to start.
  private var hasStarted = false

  init(context: ConsoleContext) {
    self.context = context
    let list = WindowedList<UndoRow>(
      columns: Self.columns, emptyLine: "You changed nothing that is kept", isFilterable: false)
    rows = LoadedList(list, source: Self.source([]), headingRows: 1)
  }

  /// Whether there may be something to undo for whoever is here.
  static func isOffered(_ context: ConsoleContext) -> Bool { context.administration.mayUndo }

  private static var columns: [ListColumn<UndoRow>] {
    [
      ListColumn("time", "Time (UTC)", width: .fixed(16), priority: 1) {
        ListCell($0.entry.at.minute, .muted)
      },
      ListColumn("what", "What you did", width: .flexible(least: 24, weight: 4)) {
        ListCell($0.entry.title, $0.entry.canBeUndone ? .plain : .muted)
      },
      ListColumn("why", "Can't be undone", width: .flexible(least: 17, weight: 1)) {
        ListCell($0.entry.whyNot ?? "", .muted)
      },
    ]
  }

  private static func source(_ entries: [UndoEntry]) -> LoadedList<UndoRow>.Source {
    let rows = entries.enumerated().map { UndoRow(entry: $0.element, cursor: $0.offset) }
    return LoadedList.Source("reading your changes") { .success($0.page(of: rows)) }
  }

  var title: String { "Undo" }

  var bindings: [KeyBinding<Message>] {
    let look = KeyBinding<Message>(
      .enter, "u", hint: "undo", help: "show what undoing it does, then ask", message: .look)
    return (rows.selected == nil ? [] : [look]) + listBindings
  }

  mutating func appear() -> Effect<Self> { read() }
  mutating func reappear() -> Effect<Self> { read() }

  private func read() -> Effect<Self> {
    .run("reading your changes", cancelling: "read") { [context] in
      .read(Problem.catching { try context.administration.ownChanges() })
    }
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return rows.update(message) { Message.rows($0) }.effect
    case .read(let result): return show(result)
    case .look: return look()
    case .looked(.success(let trial)): return ask(trial)
    case .looked(.failure(let problem)): return .open(Self.refusal(problem))
    case .confirmed(let trial): return carryOut(trial)
    case .done(let entry, nil):
      return .batch(.toast(entry.titleOfUndoing, .good), .close)
    case .done(_, let problem?) where problem.isWaiting: return .batch(.toast(problem), .close)
    case .done(_, let problem?): return .batch(.open(Self.refusal(problem)), read())
    }
  }

  private mutating func show(_ result: Result<[UndoEntry], Problem>) -> Effect<Self> {
    switch result {
    case .failure(let problem):
      rows.source = LoadedList.Source("reading your changes") { _ in .failure(problem) }
      return reload()
    case .success(let entries):
      rows.source = Self.source(entries)
      guard !hasStarted else { return reload() }
      hasStarted = true
      let next = Administration.nextUndo(of: entries)
      return rows.reveal(entries.firstIndex { $0.number == next?.number } ?? 0) { .rows($0) }
    }
  }

  private func look() -> Effect<Self> {
    guard let entry = rows.selected?.entry else { return .none }
    return .run("looking what it does") { [context] in
      .looked(Problem.catching { try context.administration.tryUndo(entry.number) })
    }
  }

  private func ask(_ trial: UndoTrial) -> Effect<Self> {
    let final = trial.preview.isFinal ? [TakingBack.never] : []
    return .open(
      EffectDialog(
        title: "Undo", text: "Undo what you did at \(trial.entry.at.minute) UTC: \(trial.entry.title)?",
        points: final + trial.preview.lines, action: "Undo", effect: trial.effect,
        isDestructive: trial.preview.isFinal)
    ) { $0 == .confirm ? .confirmed(trial) : nil }
  }

  /// Such as who changed it since, and when.
  private static func refusal(_ problem: Problem) -> ConfirmDialog {
    ConfirmDialog.message(
      title: "Not undone", text: problem.message.uppercasingFirst + ".",
      points: problem.hint.map { [$0] } ?? [])
  }

  private func carryOut(_ trial: UndoTrial) -> Effect<Self> {
    .run("undoing") { [context] in
      .done(
        trial.entry, Problem.catching { try context.administration.undo(trial.entry.number) }.problem)
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    frame.put(
      "Your own changes; what others changed since is not undone", in: heading.inset(columns: 1),
      style: .muted)
    drawRows(in: rest, on: &frame)
  }
}

extension String {
  var uppercasingFirst: String { prefix(1).uppercased() + dropFirst() }
}
