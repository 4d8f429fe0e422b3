import Access
import Administration
import Terminal

/// The pages of an editor that are open: the one that is shown, and those with pending edits.
struct OpenPages: Sendable {
  typealias Message = EditorScreen.Message

  private(set) var entry: EditorEntryID
  private(set) var shown: OpenPage?
  /// The pages with pending edits that are not shown.
  private var parked: [EditorEntryID: OpenPage] = [:]
  private var lastNumber = 0

  /// - Parameter pending: edits that were left pending on pages, and that are put back.
  init(
    _ target: EditorTarget, of subject: any EditorSubject, restoring pending: [EditorEntryID: PendingEdits]
  ) {
    entry = target.entry
    shown = open(target, of: subject)
    if let edits = pending[entry] { shown?.restore(edits, at: subject.place(at: entry)) }
    for (other, edits) in pending where other != entry {
      parked[other] = open(EditorTarget(other), of: subject)
      parked[other]?.restore(edits, at: subject.place(at: other))
    }
  }

  private mutating func open(_ target: EditorTarget, of subject: any EditorSubject) -> OpenPage? {
    guard let page = subject.page(target) else { return nil }
    lastNumber += 1
    return OpenPage(page, number: lastNumber)
  }

  private var all: [EditorEntryID: OpenPage] {
    var all = parked
    all[entry] = shown
    return all
  }

  /// The entries of the pages with pending edits.
  var changed: Set<EditorEntryID> { Set(all.filter(\.value.hasPendingChanges).keys) }

  /// The edits of all pages in a form that can be kept.
  var pending: [(entry: EditorEntryID, title: String, edits: PendingEdits)] {
    all.compactMap { entry, page in page.pending.map { (entry, page.title, $0) } }
      .sorted { $0.entry.rawValue < $1.entry.rawValue }
  }

  /// The edits of all pages as they are saved, in the order of the navigation pane. Lists come before the items
  /// of lists there, as the items depend on them.
  ///
  /// Errors: the first ``Problem`` that must be corrected first.
  func savings(in order: [EditorEntryID]) throws(Problem) -> [PageSaving<Message>] {
    let all = all
    var savings: [PageSaving<Message>] = []
    for entry in order { if let saving = all[entry]?.saving { savings.append(try saving.get()) } }
    return savings
  }

  /// Shows another page. The page before stays open where it has pending edits.
  mutating func show(
    _ entry: EditorEntryID, of subject: any EditorSubject, in area: Rect, _ config: ConsoleConfig
  ) -> Effect<Message> {
    let target = EditorTarget(entry, pendingLists: entry.grant.flatMap { pendingLists(on: $0.connector) })
    let isParked = parked[entry] != nil
    guard let next = parked.removeValue(forKey: entry) ?? open(target, of: subject) else { return .none }
    if let shown, shown.pending != nil || shown.hasPendingChanges { parked[self.entry] = shown }
    (self.entry, shown) = (entry, next)
    arrange(config)
    return .batch(tell(.layout(area)), tell(isParked ? .reappear : .appear))
  }

  private func pendingLists(on connector: ConnectorID) -> Coverage<ListID>? {
    all[.grant(connector, .lists)]?.pendingLists
  }

  mutating func arrange(_ config: ConsoleConfig) { shown?.arrange(config, on: entry.pageName) }

  /// Tells the shown page.
  mutating func tell(_ event: ScreenEvent) -> Effect<Message> { shown?.tell(event) ?? .none }

  /// Lets the pages appear whose edits were put back, so that they read what is saved.
  mutating func appear() -> Effect<Message> {
    .batch(
      [tell(.appear)]
        + parked.keys.sorted { $0.rawValue < $1.rawValue }.map { parked[$0]?.tell(.appear) ?? .none })
  }

  /// Hands a message to the page with this number; a page that is gone gets none. A page that has no pending edits
  /// any more is closed where it is not shown.
  mutating func deliver(_ message: ErasedMessage, to number: Int) -> Effect<Message> {
    if shown?.number == number { return tell(.message(message)) }
    guard let entry = parked.first(where: { $0.value.number == number })?.key else { return .none }
    let effect = parked[entry]?.tell(.message(message)) ?? .none
    if let page = parked[entry], page.pending == nil, !page.hasPendingChanges { parked[entry] = nil }
    return effect
  }

  /// Drops the pending edits of the shown page.
  mutating func discardShown() -> Effect<Message> { shown?.discard() ?? .none }

  /// Drops all pending edits.
  mutating func discardAll() -> Effect<Message> {
    var effects: [Effect<Message>] = []
    for entry in changed.sorted(by: { $0.rawValue < $1.rawValue }) {
      effects.append(entry == self.entry ? discardShown() : parked[entry]?.discard() ?? .none)
      if entry != self.entry { parked[entry] = nil }
    }
    return .batch(effects)
  }
}
