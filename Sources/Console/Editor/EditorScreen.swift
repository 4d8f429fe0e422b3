import Terminal

/// The *Edit* screen: a navigation pane at the left, the selected page at the right.
struct EditorScreen: Screen {
  enum Message: Sendable {
    case outline(Result<EditorOutline, Problem>)
    case navigation(NavigationPane<EditorEntryID>.Message)
    /// A message of the page with this number. Messages of earlier pages are dropped.
    case page(Int, ErasedMessage)
    /// A click on the page. The page gets the keys.
    case clicked(Int, ErasedMessage)
    case focusPage, focusNavigation
    case save, discard, leave
    case dropped
    case answered(LeaveAnswer, Departure)
  }
  /// The place to which the person wants to go.
  enum Departure: Hashable, Sendable {
    case close
    case page(EditorEntryID)
  }
  enum LeaveAnswer: Hashable, Sendable { case save, discard, stay }

  static let navigationColumns = 26

  let subject: any EditorSubject
  var target: EditorTarget
  var navigation: NavigationPane<EditorEntryID>
  var page: OpenPage?
  private var lastPage = 0
  var isOnPage: Bool
  private var name: String?
  var problem: Problem?
  var bounds = Rect(Size(columns: 80, rows: 20))
  /// The place to go to once the pending edits are saved.
  var departure: Departure?

  /// - Parameter pending: edits that were left pending on the page, and that are put back.
  init(
    _ subject: any EditorSubject, at target: EditorTarget? = nil, restoring pending: PendingEdits? = nil
  ) {
    self.subject = subject
    let first = target ?? EditorTarget(subject.firstEntry)
    self.target = first
    isOnPage = target != nil
    navigation = NavigationPane([.page(first.entry, "…")], current: first.entry)
    page = subject.page(first).map { OpenPage($0, number: 0) }
    if let pending { page?.restore(pending, at: subject.place(at: first.entry)) }
  }

  var title: String { name ?? subject.kindTitle }
  var place: Place? { subject.place(at: target.entry) }

  var draft: Draft? {
    guard let place, let page, let pending = page.pending else { return nil }
    return Draft(place: place, title: "\(page.title) of \(title)", pending: pending)
  }

  var hasPendingChanges: Bool { page?.hasPendingChanges ?? false }

  private mutating func tellPage(_ event: ScreenEvent) -> Effect<Message> { page?.tell(event) ?? .none }

  var bindings: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if hasPendingChanges {
      bindings += [
        saveBinding,
        KeyBinding(.control("g"), hint: "discard", help: "drop this page's changes", message: .discard),
      ]
    }
    if isOnPage {
      bindings += page?.bindings ?? []
      bindings.append(
        KeyBinding(
          .escape, .backTab, .left, hint: "pages", help: "go to the navigation pane",
          message: .focusNavigation))
    } else {
      bindings += navigation.bindings.map { $0.map { .navigation($0) } }
      bindings.append(
        KeyBinding(.tab, .right, hint: "to the page", help: "go to the page", message: .focusPage))
      bindings.append(
        KeyBinding(.escape, "h", .left, hint: "back", help: "leave the editor", message: .leave))
    }
    return bindings
  }

  /// Saves the page's changes, or proposes them where the person may do no more.
  private var saveBinding: KeyBinding<Message> {
    let (context, permission) = (subject.context, subject.permission(toEdit: target.entry))
    guard context.mayEdit(permission), !context.may(permission) else {
      return KeyBinding(.control("s"), hint: "save", help: "save this page's changes", message: .save)
    }
    return KeyBinding(
      .control("s"), "p", hint: "propose", help: "propose this page's changes to those who may make them",
      message: .save)
  }

  func typed(_ input: TextInput) -> Message? {
    isOnPage ? page?.typed(input) : navigation.typed(input).map { .navigation($0) }
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    self.bounds = bounds
    navigation.layout(in: navigationArea)
    return tellPage(.layout(pageArea))
  }

  mutating func appear() -> Effect<Message> {
    .batch(readOutline(), tellPage(.appear))
  }

  mutating func reappear() -> Effect<Message> {
    .batch(readOutline(), tellPage(.reappear))
  }

  private func readOutline() -> Effect<Message> {
    .run("reading", cancelling: "outline", awaited: name == nil ? .all : .nothing) { [subject] in
      .outline(subject.outline())
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .outline(.success(let outline)): return take(outline)
    case .outline(.failure(let problem)):
      self.problem = problem
      return .none
    case .navigation(let message): return navigate(message)
    case .page(let number, let message): return deliver(message, to: number)
    case .clicked(let number, let message):
      isOnPage = true
      return deliver(message, to: number)
    case .focusPage:
      isOnPage = true
      return .none
    case .focusNavigation:
      isOnPage = false
      return .none
    case .save: return page?.save() ?? .none
    case .discard: return askToDiscard()
    case .dropped: return page?.discard() ?? .none
    case .leave: return hasPendingChanges ? ask(.close) : .close
    case .answered(let answer, let departure): return answered(answer, departure)
    }
  }

  private mutating func take(_ outline: EditorOutline) -> Effect<Message> {
    let isFirst = name == nil
    name = outline.name
    problem = nil
    navigation.entries = outline.entries
    if isFirst {
      navigation.folded = outline.folded
      navigation.select(target.entry)
    }
    return .none
  }

  private mutating func navigate(_ message: NavigationPane<EditorEntryID>.Message) -> Effect<Message> {
    let current = navigation.current
    guard let chosen = navigation.update(message) else {
      if case .press = message { isOnPage = false }
      return .none
    }
    if chosen == target.entry {
      isOnPage = true
      return .none
    }
    guard !hasPendingChanges else {
      navigation.current = current
      return ask(.page(chosen))
    }
    return go(to: chosen)
  }

  mutating func go(to entry: EditorEntryID) -> Effect<Message> {
    guard let next = subject.page(EditorTarget(entry)) else { return .none }
    target = EditorTarget(entry)
    navigation.current = entry
    navigation.select(entry)
    lastPage += 1
    page = OpenPage(next, number: lastPage)
    isOnPage = true
    return .batch(tellPage(.layout(pageArea)), tellPage(.appear))
  }

  private mutating func deliver(_ message: ErasedMessage, to number: Int) -> Effect<Message> {
    let wasPending = hasPendingChanges
    guard let effect = page?.tell(message, to: number) else { return .none }
    guard wasPending, !hasPendingChanges else { return effect }
    return .batch(effect, readOutline(), departure.map { depart($0) } ?? .none)
  }
}
