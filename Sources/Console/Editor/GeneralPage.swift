import Access
import Administration
import Terminal

/// A page of fields to type, such as *General*: name, state, description.
struct GeneralPage<Value: Hashable & Sendable>: EditorPage {
  enum Field: Hashable, Sendable { case field(Int), save }
  enum Message: Sendable {
    case loaded(Result<Value?, Problem>)
    case form(Form<Field>.Message)
    /// The text of a field was chosen from a list.
    case chosen(Int, String)
    case saved(Value)
    case proposed
    /// Somebody else saved the first value meanwhile; the second one has both changes.
    case merged(theirs: Value, Value)
  }

  let source: GeneralSource<Value>
  private let context: ConsoleContext
  var saved: Value?
  var draft: Value?
  var form = Form<Field>([])
  private var problem: Problem?
  /// The kept edits that are put back once the saved values are read.
  var restoring: PendingEdits?
  /// Changes the values that were read so that they mend the denial from which the person came. It is used
  /// once.
  private var mending: (@Sendable (inout Value) -> Void)?

  init(
    _ source: GeneralSource<Value>, _ context: ConsoleContext,
    mending: (@Sendable (inout Value) -> Void)? = nil
  ) {
    self.source = source
    self.context = context
    self.mending = source.isEditable ? mending : nil
  }

  var title: String { source.title }
  /// Whether edits are pending. A text that is not valid counts, too, because it would be lost.
  var hasPendingChanges: Bool { draft != saved || hasComplaint }
  var hasComplaint: Bool { source.fields.indices.contains { form.complaint(.field($0)) != nil } }

  var bindings: [KeyBinding<Message>] {
    source.isEditable ? form.bindings.map { $0.map { .form($0) } } : []
  }
  func typed(_ input: TextInput) -> Message? {
    source.isEditable ? form.typed(input).map { .form($0) } : nil
  }

  mutating func appear() -> Effect<Message> { load() }
  mutating func reappear() -> Effect<Message> { hasPendingChanges ? .none : load() }

  private func load() -> Effect<Message> {
    .run("reading \(source.title)", cancelling: "load") { [source] in .loaded(source.load()) }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .loaded(.success(let value)): if !hasPendingChanges, let value { return read(value) }
    case .loaded(.failure(let problem)): self.problem = problem
    case .form(let message): return handle(form.update(message))
    case .chosen(let index, let text):
      form.setText(.field(index), text)
      return change(index)
    case .saved(let value): saved = value
    case .proposed: if let saved { take(saved) }
    case .merged(let theirs, let merged):
      take(merged)
      saved = theirs
    }
    return .none
  }

  private mutating func read(_ value: Value) -> Effect<Message> {
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
    hideFields()
  }

  private mutating func take(_ value: Value) {
    problem = nil
    saved = value
    draft = value
    let focused = form.focused
    form = Form(items(value))
    hideFields()
    if let focused { form.focus(focused) }
  }

  func items(_ value: Value) -> [FormItem<Field>] {
    var items = source.fields.enumerated().compactMap { index, field -> FormItem<Field>? in
      switch field.input {
      case .text(let placeholder, _):
        .text(
          .field(index),
          TextField(
            field.label, value: field.text(value), maximum: source.maximumCharacterCount,
            placeholder: placeholder, hasList: source.isEditable && source.lists[field.key] != nil))
      case .flag(let flag): .check(.field(index), CheckBox(field.label, isChecked: value[keyPath: flag]))
      case nil: nil
      }
    }
    if source.isEditable { items += [.gap, .buttons([Button(.save, "Save")])] }
    return items
  }

  private mutating func handle(_ reply: Form<Field>.Reply) -> Effect<Message> {
    switch reply {
    case .none: return .none
    // The editor saves the pages' changes together.
    case .pressed(.field(let index)): return choose(index)
    case .pressed(.save): return hasPendingChanges ? .press(.control("s")) : .toast("nothing is changed")
    case .changed(.field(let index)): return change(index)
    case .changed(.save): return .none
    }
  }

  private func choose(_ index: Int) -> Effect<Message> {
    guard let list = source.lists[source.fields[index].key] else { return .none }
    return draft.map { list($0, form.text(.field(index))).map { .chosen(index, $0) } } ?? .none
  }

  mutating func change(_ index: Int) -> Effect<Message> {
    guard var value = draft else { return .none }
    if case .flag(let flag) = source.fields[index].input {
      value[keyPath: flag] = form.isChecked(.field(index))
    } else {
      putTexts(into: &value)
    }
    draft = value
    hideFields()
    return .none
  }

  /// Puts all texts again, since whether one fits may depend on another.
  private mutating func putTexts(into value: inout Value) {
    for (index, field) in source.fields.enumerated() {
      guard case .text(_, let put) = field.input else { continue }
      form.setComplaint(.field(index), put(&value, form.text(.field(index))))
    }
  }

  var saving: Result<PageSaving<Message>, Problem>? {
    if hasComplaint { return .failure(Problem("\(title): correct what is marked first")) }
    guard let saved, let draft, draft != saved else { return nil }
    let edit = Edit(was: saved, becomes: draft)
    return .success(
      PageSaving(
        title: title, carryOut: { [source] in try source.save($0, edit) }, saved: .saved(draft),
        proposed: .proposed
      ) { [source] error in
        guard let conflict = error as? EditConflict<Value> else { return nil }
        let values = ThreeParts(was: saved, theirs: conflict.current, mine: draft)
        return PageConflict(rows: source.fields.map { $0.row(values) }) {
          .merged(theirs: values.theirs, source.merged(values, taking: $0))
        }
      })
  }

  mutating func discard() -> Effect<Message> {
    if let saved { take(saved) }
    return .toast("changes dropped")
  }

  /// The rows that the page takes with its title and its form, without what the values mean.
  func rowCount(columns: Int) -> Int { headingRows + form.rowCount(columns: columns) }

  private var headingRows: Int { source.explanation.isEmpty ? 2 : 3 }

  func draw(on frame: inout Frame<Message>) {
    frame.put(title + (hasPendingChanges ? " *" : ""), in: frame.bounds, style: .bold)
    frame.put(source.explanation, in: frame.bounds.splitTop(1).rest, style: .muted)
    let area = frame.bounds.splitTop(headingRows).rest
    if let problem {
      frame.put(problem, in: area)
      return
    }
    frame.child(area, { .form($0) }) { form.draw(in: $0.bounds, on: &$0) }
    guard !hasComplaint, let draft else { return }
    let below = area.splitTop(form.rowCount(columns: area.columns) + 1).rest
    for (offset, line) in source.meaning(draft).prefix(below.rows).enumerated() {
      frame.put(
        line.text, column: below.column, row: below.row + offset, style: line.style, columns: below.columns)
    }
  }
}
