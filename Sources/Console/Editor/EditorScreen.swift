import Terminal

/// *Edit*: a navigation pane at the left, the selected page at the right.
struct EditorScreen: Screen {
  enum Message: Sendable {
    case outline(Result<EditorOutline, Problem>)
    case navigation(NavigationPane<EditorEntryID>.Message)
    /// A message of the page with that number; those of earlier pages are dropped.
    case page(Int, ErasedMessage)
    /// A click on the page, which gets the keys by it.
    case clicked(Int, ErasedMessage)
    case focusPage, focusNavigation
    case save, discard, leave
    case dropped(Confirmation)
    case answered(LeaveAnswer, Departure)
  }
  /// Where the person was about to go.
  enum Departure: Hashable, Sendable {
    case close
    case page(EditorEntryID)
  }
  enum LeaveAnswer: Hashable, Sendable { case save, discard, stay }

  static let navigationColumns = 26

  let subject: any EditorSubject
  var target: EditorTarget
  var navigation: NavigationPane<EditorEntryID>
  var page: (any EditorPage)?
  private var pageNumber = 0
  private var isOnPage: Bool
  private var name: String?
  private var problem: Problem?
  private var bounds = Rect(Size(columns: 80, rows: 20))
  /// The page on which a draft was put back, until that is saved or dropped.
  private var restored: Place?
  /// Where to go once what is pending is saved.
  var departure: Departure?

  /// - Parameter pending: what was left pending on the page, to be put back.
  init(
    _ subject: any EditorSubject, at target: EditorTarget? = nil, restoring pending: PendingEdits? = nil
  ) {
    self.subject = subject
    let first = target ?? EditorTarget(subject.firstEntry)
    self.target = first
    isOnPage = target != nil
    navigation = NavigationPane([.page(first.entry, "…")], current: first.entry)
    page = subject.page(first)
    if let pending {
      page?.restore(pending)
      restored = subject.place(at: first.entry)
    }
  }

  var title: String { name ?? subject.kindTitle }
  var place: Place? { subject.place(at: target.entry) }

  var draft: Draft? {
    guard let place, let page, let pending = page.pending else { return nil }
    return Draft(place: place, title: "\(page.title) of \(title)", pending: pending)
  }

  private var hasPendingChanges: Bool { page?.hasPendingChanges ?? false }

  /// Lets the page do something; what comes of it later is known by the page's number.
  mutating func onPage(_ body: (inout any EditorPage) -> Effect<ErasedMessage>) -> Effect<Message> {
    guard var page else { return .none }
    let number = pageNumber
    defer { self.page = page }
    return body(&page).map(in: "page.") { .page(number, $0) }
  }

  private mutating func tellPage(_ event: ScreenEvent) -> Effect<Message> { onPage { $0.take(event) } }

  var bindings: [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if hasPendingChanges {
      bindings += [
        KeyBinding(.control("s"), hint: "save", help: "save this page's changes", message: .save),
        KeyBinding(.control("g"), hint: "discard", help: "drop this page's changes", message: .discard),
      ]
    }
    if isOnPage {
      let number = pageNumber
      bindings += page?.erasedBindings.map { $0.map(in: "page.") { .page(number, $0) } } ?? []
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

  func typed(_ input: TextInput) -> Message? {
    guard isOnPage else { return navigation.typed(input).map { .navigation($0) } }
    return page?.erasedTyped(input).map { .page(pageNumber, $0) }
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
    let wasPending = hasPendingChanges
    let effect = react(to: message)
    guard let restored, wasPending, !hasPendingChanges else { return effect }
    self.restored = nil
    return .batch(effect, .tell(DraftService.Message.settled(restored)))
  }

  private mutating func react(to message: Message) -> Effect<Message> {
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
    case .save: return onPage { $0.saving() }
    case .discard: return askToDiscard()
    case .dropped(.confirm): return onPage { $0.discarding() }
    case .dropped(.cancel): return .none
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
    pageNumber += 1
    page = next
    isOnPage = true
    return .batch(
      tellPage(.layout(pageArea)), tellPage(.appear))
  }

  private mutating func deliver(_ message: ErasedMessage, to number: Int) -> Effect<Message> {
    guard number == pageNumber else { return .none }
    let wasPending = hasPendingChanges
    let effect = tellPage(.message(message))
    guard wasPending, !hasPendingChanges else { return effect }
    return .batch(effect, readOutline(), departure.map { depart($0) } ?? .none)
  }

  private var navigationArea: Rect { bounds.splitLeft(min(Self.navigationColumns, bounds.columns / 3)).left }
  private var pageArea: Rect {
    let rest = bounds.splitLeft(navigationArea.columns + 1).rest
    return rest.splitLeft(1).rest
  }

  func draw(on frame: inout Frame<Message>) {
    if let problem {
      frame.put(problem, in: frame.bounds)
      return
    }
    for row in bounds.row..<bounds.endRow {
      frame.put("│", column: navigationArea.endColumn, row: row, style: .muted)
    }
    let number = pageNumber
    page?.drawErased(in: pageArea, on: &frame) { .clicked(number, $0) }
    if !isOnPage { dimFocus(on: &frame) }
    frame.child(navigationArea, { .navigation($0) }) {
      navigation.draw(in: $0.bounds, on: &$0, isFocused: !isOnPage)
    }
  }

  /// The page draws itself as if it had the keys: where it hasn't, its cursor and its reversed
  /// row would say so.
  private func dimFocus(on frame: inout Frame<Message>) {
    frame.hideCursor()
    frame.restyle(pageArea) { style in
      guard style.attributes.contains(.reverse) else { return style }
      return Style(style.tone, style.attributes.subtracting(.reverse).union(.bold))
    }
  }
}
