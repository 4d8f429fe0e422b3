import Access
import Administration
import Terminal

/// A page with rows to tick: teams, roles, and the pages of a grant.
struct ChecklistPage<ID: Hashable & Sendable & Codable & Comparable>: EditorPage {
  enum Message: Sendable {
    case loaded(Result<ChecklistSource<ID>.Content, Problem>)
    case list(CheckList<ID>.Message)
    case ended(SaveEnding<Coverage<ID>>)
  }

  let source: ChecklistSource<ID>
  private let context: ConsoleContext
  private(set) var list: CheckList<ID>?
  private var content: ChecklistSource<ID>.Content?
  private var problem: Problem?
  private var bounds = Rect(Size(columns: 50, rows: 20))
  private var isSaving = false
  /// The kept edits that are put back once the rows are read.
  private var restoring: PendingEdits?
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

  var bindings: [KeyBinding<Message>] { list?.bindings.map { $0.map { .list($0) } } ?? [] }
  func typed(_ input: TextInput) -> Message? { list?.typed(input).map { .list($0) } }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    self.bounds = bounds
    let area = listArea
    list?.layout(in: area)
    return .none
  }

  mutating func appear() -> Effect<Message> { load() }
  /// Does not read again while changes are pending. If others saved meanwhile, saving finds the conflict.
  mutating func reappear() -> Effect<Message> { hasPendingChanges || isSaving ? .none : load() }

  private func load() -> Effect<Message> {
    .run("reading \(source.title)", cancelling: "load") { [source] in .loaded(source.load()) }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .loaded(.success(let content)): return take(content)
    case .loaded(.failure(let problem)): self.problem = problem
    case .list(let message): _ = list?.update(message)
    case .ended(let ending): return take(ending)
    }
    return .none
  }

  private mutating func take(_ content: ChecklistSource<ID>.Content) -> Effect<Message> {
    guard !hasPendingChanges else { return .none }
    self.content = content
    problem = nil
    var next = CheckList(
      items: content.items, choice: CheckList.Choice(content.value), allLabel: source.allLabel,
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

  var pending: PendingEdits? {
    guard let list, hasPendingChanges else { return restoring }
    return PendingEdits(.checklist, Edit(was: list.saved.coverage, becomes: list.choice.coverage))
  }

  mutating func restore(_ pending: PendingEdits) { restoring = pending }

  /// Puts kept edits back. If others saved meanwhile, saving finds the conflict. Rows that are no longer
  /// offered can't be ticked.
  private func putBack(_ pending: PendingEdits, _ list: inout CheckList<ID>) -> Bool {
    guard source.isEditable, let edit = pending.read(.checklist, as: Edit<KeptCoverage<ID>>.self) else {
      return false
    }
    let becomes = edit.becomes.coverage
    let offered = Set(list.items.map(\.id))
    list.saved = CheckList.Choice(edit.was.coverage)
    list.choice = CheckList.Choice(becomes.only.map { .only($0.intersection(offered)) } ?? becomes)
    return list.isChanged
  }

  mutating func save() -> Effect<Message> {
    guard let list, list.isChanged, !isSaving else { return .none }
    isSaving = true
    let edit = Edit(was: list.saved.coverage, becomes: list.choice.coverage)
    var saving = Saving(title: source.title, edit: edit, save: source.save)
    saving.consequences = { [source] in source.consequences(edit.was, edit.becomes) }
    saving.rows = { [items = list.items] in Self.rows(of: items, $0, $1) }
    return saving.effect(context) { .ended($0) }
  }

  private mutating func take(_ ending: SaveEnding<Coverage<ID>>) -> Effect<Message> {
    isSaving = false
    switch ending {
    case .notSaved, .met(_, .back): return .none
    case .saved(let value): list?.saved = CheckList.Choice(value)
    case .proposed: if let saved = list?.saved { list?.choice = saved }
    case .met(let theirs, .takeTheirs):
      list?.choice = CheckList.Choice(theirs)
      list?.saved = CheckList.Choice(theirs)
    case .met(let theirs, .saveMine):
      list?.saved = CheckList.Choice(theirs)
      return save()
    }
    return load()
  }

  /// The rows that either version has, each with its ticks.
  private static func rows(
    of items: [CheckList<ID>.Item], _ theirs: Coverage<ID>, _ mine: Coverage<ID>
  ) -> [ConflictRow] {
    let all = ConflictRow(
      part: "All", theirs: theirs == .all ? "yes" : "no", mine: mine == .all ? "yes" : "no")
    let ticked = (theirs.only ?? []).union(mine.only ?? [])
    let rows = items.filter { ticked.contains($0.id) }.map { item in
      ConflictRow(part: item.title, theirs: tick(item.id, theirs), mine: tick(item.id, mine))
    }
    return (theirs == .all || mine == .all ? [all] : []) + rows
  }

  private static func tick(_ id: ID, _ coverage: Coverage<ID>) -> String {
    coverage.only.map { $0.contains(id) ? "[x]" : "[ ]" } ?? "all"
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
    let heading = source.title + (hasPendingChanges ? " *" : "")
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
    frame.child(area, { .list($0) }) { list.draw(in: area, on: &$0) }
  }
}

extension CheckList.Choice {
  init(_ coverage: Coverage<ID>) {
    switch coverage {
    case .all: self.init(isAll: true)
    case .only(let ids): self.init(ids: ids)
    }
  }

  var coverage: Coverage<ID> { isAll ? .all : .only(ids) }
}
