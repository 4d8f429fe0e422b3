import Terminal

/// The *Edit* screen: a navigation pane at the left, the selected page at the right.
///
/// The page follows the pane. What is changed stays pending across the pages, and is saved as one.
struct EditorScreen: Screen {
  enum Message: Sendable {
    case outline(Result<EditorOutline, Problem>)
    case navigation(NavigationPane<EditorEntryID>.Message)
    /// A message of the page with this number. Messages of pages that are gone are dropped.
    case page(Int, ErasedMessage)
    /// A click on the page. The page gets the keys.
    case clicked(Int, ErasedMessage)
    case focusPage, focusNavigation
    case save, discard, leave
    case dropped(all: Bool)
    case answered(LeaveAnswer)
    indirect case ended(Saving<Message>.Ending)
  }
  enum LeaveAnswer: Hashable, Sendable { case save, discard, stay }

  static let navigationColumns = 26

  let subject: any EditorSubject
  var navigation: NavigationPane<EditorEntryID>
  var pages: OpenPages
  var isOnPage: Bool
  private var name: String?
  var problem: Problem?
  var bounds = Rect(Size(columns: 80, rows: 20))
  /// Whether the editor closes once the pending edits are saved.
  var isLeaving = false
  private var isSaving = false
  private var config = ConsoleConfig.standard

  /// - Parameter pending: edits that were left pending on pages, and that are put back.
  init(
    _ subject: any EditorSubject, at target: EditorTarget? = nil,
    restoring pending: [EditorEntryID: PendingEdits] = [:]
  ) {
    self.subject = subject
    let first = target ?? EditorTarget(subject.firstEntry)
    isOnPage = target != nil
    navigation = NavigationPane([.page(first.entry, "…")], current: first.entry)
    pages = OpenPages(first, of: subject, restoring: pending)
  }

  var title: String { name ?? subject.kindTitle }
  var pageName: String? { pages.entry.pageName }
  var place: Place? { subject.place(at: pages.entry) }

  var drafts: [Draft] {
    pages.pending.compactMap { entry, page, edits in
      subject.place(at: entry).map { Draft(place: $0, title: "\(page) of \(title)", pending: edits) }
    }
  }

  var bindings: [KeyBinding<Message>] {
    var bindings = pendingBindings
    if isOnPage {
      bindings += pages.shown?.bindings ?? []
      bindings.append(
        KeyBinding(
          .escape, .backTab, .left, hint: "pages", help: "go to the navigation pane",
          message: .focusNavigation))
    } else {
      bindings += navigation.bindings.map { $0.map { .navigation($0) } }
      bindings.append(
        KeyBinding(
          .tab, .right, hint: "to the page", help: "go to the page", isHinted: false, message: .focusPage))
      bindings.append(
        KeyBinding(.escape, "h", .left, hint: "back", help: "leave the editor", message: .leave))
    }
    return bindings + navigation.turning.map { $0.map { .navigation($0) } }
  }

  func typed(_ input: TextInput) -> Message? {
    isOnPage ? pages.shown?.typed(input) : navigation.typed(input).map { .navigation($0) }
  }

  mutating func arrange(_ config: ConsoleConfig, on page: String?) {
    self.config = config
    pages.arrange(config)
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    self.bounds = bounds
    navigation.layout(in: navigationArea)
    return pages.tell(.layout(pageArea))
  }

  mutating func appear() -> Effect<Message> {
    .batch(readOutline(), pages.appear())
  }

  mutating func reappear() -> Effect<Message> {
    .batch(readOutline(), pages.tell(.reappear))
  }

  private func readOutline() -> Effect<Message> {
    .run("reading", cancelling: "outline", awaited: name == nil ? .all : .nothing) { [subject] in
      .outline(subject.outline())
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    let effect = handle(message)
    markChanged()
    return effect
  }

  private mutating func handle(_ message: Message) -> Effect<Message> {
    switch message {
    case .outline(.success(let outline)): take(outline)
    case .outline(.failure(let problem)): self.problem = problem
    case .navigation(let message): return navigate(message)
    case .page(let number, let message): return pages.deliver(message, to: number)
    case .clicked(let number, let message):
      isOnPage = true
      return pages.deliver(message, to: number)
    case .focusPage: isOnPage = true
    case .focusNavigation: isOnPage = false
    case .save: return save()
    case .discard: return askToDiscard()
    case .dropped(let all): return all ? pages.discardAll() : pages.discardShown()
    case .leave: return pages.changed.isEmpty ? .close : askToLeave()
    case .answered(let answer): return leave(answer)
    case .ended(let ending): return take(ending)
    }
    return .none
  }

  private mutating func take(_ outline: EditorOutline) {
    let isFirst = name == nil
    name = outline.name
    problem = nil
    navigation.entries = outline.entries
    if isFirst {
      navigation.folded = outline.folded
      navigation.select(pages.entry)
    }
  }

  /// Marks the pages with pending edits in the navigation pane.
  private mutating func markChanged() { navigation.changed = pages.changed }

  private mutating func navigate(_ message: NavigationPane<EditorEntryID>.Message) -> Effect<Message> {
    let isTurned = message == .next || message == .previous
    if let chosen = navigation.update(message) {
      isOnPage = isOnPage || !isTurned
      return show(chosen)
    }
    if case .press = message { isOnPage = false }
    return navigation.selectedPage.map { show($0) } ?? .none
  }

  private mutating func show(_ entry: EditorEntryID) -> Effect<Message> {
    guard entry != pages.entry else { return .none }
    let effect = pages.show(entry, of: subject, in: pageArea, config)
    navigation.current = pages.entry
    return effect
  }

  mutating func save() -> Effect<Message> {
    guard !isSaving else { return .none }
    do throws(Problem) {
      let savings = try pages.savings(in: navigation.entries.compactMap(\.id))
      guard !savings.isEmpty else { return .toast("nothing is left to save") }
      isSaving = true
      return Saving(parts: savings).effect(subject.context) { .ended($0) }
    } catch {
      isLeaving = false
      return .toast(error)
    }
  }

  private mutating func take(_ ending: Saving<Message>.Ending) -> Effect<Message> {
    isSaving = false
    let wasLeaving = isLeaving
    isLeaving = false
    switch ending {
    case .notSaved: return pages.tell(.reappear)
    case .merged(let message): return .batch(handle(message), save())
    case .saved, .proposed: return wasLeaving ? .close : reappear()
    }
  }
}
