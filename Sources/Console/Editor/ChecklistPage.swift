import Access
import Administration
import Terminal

/// A page with rows to tick: teams, roles, and the pages of a grant.
struct ChecklistPage<ID: Hashable & Sendable & DraftText>: EditorPage {
  enum Message: Sendable {
    case loaded(Result<ChecklistSource<ID>.Content, Problem>)
    case list(CheckList<ID>.Message)
    case looked(Result<[String], Problem>, Result<AccessEffect, Problem>)
    case confirmed(Confirmation)
    case saved(Coverage<ID>, SaveResult<Coverage<ID>>)
    case resolved(ConflictAnswer, theirs: Coverage<ID>)
  }

  let source: ChecklistSource<ID>
  private let context: ConsoleContext
  private(set) var list: CheckList<ID>?
  private var content: ChecklistSource<ID>.Content?
  private var problem: Problem?
  private var bounds = Rect(Size(columns: 50, rows: 20))
  private var isSaving = false
  /// What is to be put back once the rows are there.
  private var restoring: PendingEdits?
  /// The row that mends what led here: it is ticked and selected once the rows are there.
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

  mutating func layout(in bounds: Rect) -> Effect<Self> {
    self.bounds = bounds
    let area = listArea
    list?.layout(in: area)
    return .none
  }

  mutating func appear() -> Effect<Self> { load() }
  /// Pending changes stay; what others saved is met when these are saved.
  mutating func reappear() -> Effect<Self> { hasPendingChanges || isSaving ? .none : load() }

  private func load() -> Effect<Self> {
    .run("reading \(source.title)", cancelling: "load") { [source] in .loaded(source.load()) }
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .loaded(.success(let content)): return take(content)
    case .loaded(.failure(let problem)): self.problem = problem
    case .list(let message): _ = list?.update(message)
    case .looked(.success(let points), let effect): return confirm(points, effect)
    case .looked(.failure(let problem), _): return fail(problem)
    case .confirmed(.confirm): return carryOut()
    case .confirmed(.cancel): isSaving = false
    case .saved(let value, let result): return ended(value, result)
    case .resolved(let answer, let theirs): return resolve(answer, theirs)
    }
    return .none
  }

  private mutating func take(_ content: ChecklistSource<ID>.Content) -> Effect<Self> {
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
    return .checklist(was: .init(list.saved.coverage), becomes: .init(list.choice.coverage))
  }

  mutating func restore(_ pending: PendingEdits) { restoring = pending }

  /// What others saved meanwhile is met when this is saved. What is no longer offered can't be chosen.
  private func putBack(_ pending: PendingEdits, _ list: inout CheckList<ID>) -> Bool {
    guard source.isEditable, case .checklist(let was, let becomes) = pending,
      let was = was.coverage(of: ID.self), let becomes = becomes.coverage(of: ID.self)
    else { return false }
    let offered = Set(list.items.map(\.id))
    list.saved = CheckList.Choice(was)
    list.choice = CheckList.Choice(becomes.only.map { .only($0.intersection(offered)) } ?? becomes)
    return list.isChanged
  }

  mutating func save() -> Effect<Self> {
    guard let list, list.isChanged, !isSaving else { return .none }
    isSaving = true
    let edit = Edit(was: list.saved.coverage, becomes: list.choice.coverage)
    return .run("looking what it does") { [source, context] in
      .looked(
        source.consequences(edit.was, edit.becomes), context.effect { try source.save($0, edit) })
    }
  }

  /// What can't be rehearsed is told when it is carried out: a conflict, above all.
  private mutating func confirm(
    _ points: [String], _ effect: Result<AccessEffect, Problem>
  ) -> Effect<Self> {
    guard case .success(let effect) = effect, !(effect.isEmpty && points.isEmpty) else { return carryOut() }
    return .open(
      EffectDialog(
        title: "Save \(source.title)",
        text: points.isEmpty ? "This is what it does:" : "This takes along what depends on it:",
        points: points, action: "Save", effect: effect)
    ) { .confirmed($0) }
  }

  private mutating func carryOut() -> Effect<Self> {
    guard let list else { return .none }
    let edit = Edit(was: list.saved.coverage, becomes: list.choice.coverage)
    isSaving = true
    return .run("saving \(source.title)") { [source, context] in
      do {
        try source.save(context.administration, edit)
        return .saved(edit.becomes, .saved)
      } catch let conflict as EditConflict<Coverage<ID>> {
        return .saved(edit.becomes, .conflict(conflict.current))
      } catch {
        return .saved(edit.becomes, .failed(Problem(error)))
      }
    }
  }

  private mutating func fail(_ problem: Problem) -> Effect<Self> {
    isSaving = false
    return .toast(problem)
  }

  private mutating func ended(_ value: Coverage<ID>, _ result: SaveResult<Coverage<ID>>) -> Effect<Self> {
    isSaving = false
    switch result {
    case .saved:
      list?.saved = CheckList.Choice(value)
      return .batch(.toast("\(source.title) saved", .good), load())
    case .failed(let problem): return fail(problem)
    case .conflict(let theirs):
      return .open(ConflictDialog(rows(theirs, value))) { .resolved($0, theirs: theirs) }
    }
  }

  /// What either version has, each with its tick.
  private func rows(_ theirs: Coverage<ID>, _ mine: Coverage<ID>) -> [ConflictRow] {
    let all = ConflictRow(
      part: "All", theirs: theirs == .all ? "yes" : "no", mine: mine == .all ? "yes" : "no")
    let ticked = (theirs.only ?? []).union(mine.only ?? [])
    let items = (content?.items ?? []).filter { ticked.contains($0.id) }.map { item in
      ConflictRow(part: item.title, theirs: tick(item.id, theirs), mine: tick(item.id, mine))
    }
    return (theirs == .all || mine == .all ? [all] : []) + items
  }

  private func tick(_ id: ID, _ coverage: Coverage<ID>) -> String {
    coverage.only.map { $0.contains(id) ? "[x]" : "[ ]" } ?? "all"
  }

  private mutating func resolve(_ answer: ConflictAnswer, _ theirs: Coverage<ID>) -> Effect<Self> {
    switch answer {
    case .back: return .none
    case .takeTheirs:
      list?.choice = CheckList.Choice(theirs)
      list?.saved = CheckList.Choice(theirs)
      return load()
    case .saveMine:
      list?.saved = CheckList.Choice(theirs)
      return save()
    }
  }

  mutating func discard() -> Effect<Self> {
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
    frame.putFitted(content?.explanation ?? "", in: frame.bounds.splitTop(1).rest, style: .muted)
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
