import Access
import Administration
import Terminal

/// The page *General*: name, state, description.
struct GeneralPage<Value: Hashable & Sendable>: EditorPage {
  enum Field: Hashable, Sendable { case field(Int), save }
  enum Message: Sendable {
    case loaded(Result<Value?, Problem>)
    case form(Form<Field>.Message)
    case looked(Edit<Value>, Result<AccessEffect, Problem>)
    case confirmed(Edit<Value>, Confirmation)
    case saved(Value, SaveResult<Value>)
    case resolved(ConflictAnswer, theirs: Value)
  }

  let source: GeneralSource<Value>
  private let context: ConsoleContext
  var saved: Value?
  var draft: Value?
  var form = Form<Field>([])
  private var problem: Problem?
  private var isSaving = false
  /// What is to be put back once what is saved was read.
  var restoring: PendingEdits?
  /// Changes what was read into what mends the denial that led here, once.
  private var mending: (@Sendable (inout Value) -> Void)?

  init(
    _ source: GeneralSource<Value>, _ context: ConsoleContext,
    mending: (@Sendable (inout Value) -> Void)? = nil
  ) {
    self.source = source
    self.context = context
    self.mending = source.isEditable ? mending : nil
  }

  var title: String { "General" }
  /// A text that is no value yet counts too: it was typed, and would be lost.
  var hasPendingChanges: Bool { draft != saved || hasComplaint }
  private var hasComplaint: Bool { source.fields.indices.contains { form.complaint(.field($0)) != nil } }

  var bindings: [KeyBinding<Message>] {
    source.isEditable ? form.bindings.map { $0.map { .form($0) } } : []
  }
  func typed(_ input: TextInput) -> Message? {
    source.isEditable ? form.typed(input).map { .form($0) } : nil
  }

  mutating func appear() -> Effect<Self> { load() }
  mutating func reappear() -> Effect<Self> { hasPendingChanges || isSaving ? .none : load() }

  private func load() -> Effect<Self> {
    .run("reading General", cancelling: "load") { [source] in .loaded(source.load()) }
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .loaded(.success(let value)): if !hasPendingChanges, let value { return read(value) }
    case .loaded(.failure(let problem)): self.problem = problem
    case .form(let message): return handle(form.update(message))
    case .looked(let edit, let effect): return confirm(edit, effect)
    case .confirmed(let edit, .confirm): return carryOut(edit)
    case .confirmed(_, .cancel): isSaving = false
    case .saved(let value, let result): return ended(value, result)
    case .resolved(let answer, let theirs): return resolve(answer, theirs)
    }
    return .none
  }

  private mutating func read(_ value: Value) -> Effect<Self> {
    take(value)
    mend(value)
    guard let pending = restoring else { return .none }
    restoring = nil
    return putBack(pending, on: value) ? .none : .notRestored
  }

  private mutating func mend(_ value: Value) {
    guard let mending else { return }
    self.mending = nil
    var mended = value
    mending(&mended)
    draft = mended
    form = Form(items(mended), focus: .save)
  }

  private mutating func take(_ value: Value) {
    problem = nil
    saved = value
    draft = value
    let focused = form.focused
    form = Form(items(value))
    if let focused { form.focus(focused) }
  }

  func items(_ value: Value) -> [FormItem<Field>] {
    var items = source.fields.enumerated().map { index, field -> FormItem<Field> in
      switch field.kind {
      case .text(let placeholder, let get, _):
        .text(
          .field(index), TextField(field.label, value: get(value), maximum: 500, placeholder: placeholder))
      case .check(let get, _): .check(.field(index), CheckBox(field.label, isChecked: get(value)))
      }
    }
    if source.isEditable { items += [.gap, .buttons([Button(.save, "Save")])] }
    return items
  }

  private mutating func handle(_ reply: Form<Field>.Reply) -> Effect<Self> {
    switch reply {
    case .none: return .none
    case .pressed: return save()
    case .changed(.field(let index)): return change(index)
    case .changed(.save): return .none
    }
  }

  mutating func change(_ index: Int) -> Effect<Self> {
    guard var value = draft else { return .none }
    switch source.fields[index].kind {
    case .text(_, _, let set): form.setComplaint(.field(index), set(&value, form.text(.field(index))))
    case .check(_, let set): set(&value, form.isChecked(.field(index)))
    }
    draft = value
    return .none
  }

  mutating func save() -> Effect<Self> {
    guard let saved, let draft, !isSaving else { return .none }
    guard !hasComplaint else { return .toast("correct what is marked first", .warning) }
    guard draft != saved else { return .toast("nothing is changed") }
    isSaving = true
    let edit = Edit(was: saved, becomes: draft)
    return .run("looking what it does") { [source, context] in
      .looked(edit, context.effect { try source.save($0, edit) })
    }
  }

  /// What can't be rehearsed is told when it is carried out: a conflict, above all.
  private func confirm(_ edit: Edit<Value>, _ effect: Result<AccessEffect, Problem>) -> Effect<Self> {
    guard case .success(let effect) = effect, !effect.isEmpty else { return carryOut(edit) }
    return .open(
      EffectDialog(title: "Save General", text: "This is what it does:", action: "Save", effect: effect)
    ) { .confirmed(edit, $0) }
  }

  private func carryOut(_ edit: Edit<Value>) -> Effect<Self> {
    .run("saving General") { [source, context] in
      do {
        try source.save(context.administration, edit)
        return .saved(edit.becomes, .saved)
      } catch let conflict as EditConflict<Value> {
        return .saved(edit.becomes, .conflict(conflict.current))
      } catch {
        return .saved(edit.becomes, .failed(Problem(error)))
      }
    }
  }

  private mutating func ended(_ value: Value, _ result: SaveResult<Value>) -> Effect<Self> {
    isSaving = false
    switch result {
    case .saved:
      saved = value
      return .toast("General saved", .good)
    case .failed(let problem): return .toast(problem)
    case .conflict(let theirs):
      return .open(ConflictDialog(rows(theirs, value))) { .resolved($0, theirs: theirs) }
    }
  }

  private func rows(_ theirs: Value, _ mine: Value) -> [ConflictRow] {
    source.fields.map { field in
      ConflictRow(part: field.label, theirs: words(field, theirs), mine: words(field, mine))
    }
  }

  private func words(_ field: GeneralField<Value>, _ value: Value) -> String {
    switch field.kind {
    case .text(_, let get, _): get(value).isEmpty ? "none" : get(value)
    case .check(let get, _): get(value) ? "yes" : "no"
    }
  }

  private mutating func resolve(_ answer: ConflictAnswer, _ theirs: Value) -> Effect<Self> {
    switch answer {
    case .back: return .none
    case .takeTheirs:
      take(theirs)
      return .none
    case .saveMine:
      saved = theirs
      return save()
    }
  }

  mutating func discard() -> Effect<Self> {
    if let saved { take(saved) }
    return .toast("changes dropped")
  }

  func draw(on frame: inout Frame<Message>) {
    frame.put("General" + (hasPendingChanges ? " *" : ""), in: frame.bounds, style: .bold)
    let area = frame.bounds.splitTop(2).rest
    if let problem {
      frame.put(problem, in: area)
      return
    }
    frame.child(area, { .form($0) }) { form.draw(in: $0.bounds, on: &$0) }
  }
}
