import Access
import Administration
import Terminal

/// A page that is open in the editor. Its messages and effects are wrapped as messages of the editor.
struct OpenPage: Sendable {
  typealias Message = EditorScreen.Message

  private(set) var page: any EditorPage
  /// The number of the page. Late messages for a page that is gone have another number, and are dropped.
  let number: Int
  /// The place whose draft was put back on the page, until the draft is saved or dropped.
  private var restored: Place?

  init(_ page: any EditorPage, number: Int) {
    self.page = page
    self.number = number
  }

  var title: String { page.title }
  var pending: PendingEdits? { page.pending }
  var hasPendingChanges: Bool { page.hasPendingChanges }
  var saving: Result<PageSaving<Message>, Problem>? {
    page.erasedSaving?.map { [number] in $0.map { .page(number, $0) } }
  }

  /// The lists that are chosen on the page, where the choice is pending.
  var pendingLists: Coverage<ListID>? {
    guard let lists = page as? ChecklistPage<ListID>, lists.hasPendingChanges else { return nil }
    return lists.list?.choice.coverage
  }

  /// Puts edits back that were left pending.
  mutating func restore(_ pending: PendingEdits, at place: Place?) {
    page.restore(pending)
    restored = place
  }

  mutating func arrange(_ config: ConsoleConfig, on name: String?) { page.arrange(config, on: name) }

  mutating func tell(_ event: ScreenEvent) -> Effect<Message> { onPage { $0.take(event) } }
  mutating func discard() -> Effect<Message> { onPage { $0.discarding() } }

  private mutating func onPage(
    _ body: (inout any EditorPage) -> Effect<ErasedMessage>
  ) -> Effect<Message> {
    let wasPending = hasPendingChanges
    let effect = body(&page).map(in: "page.\(number).") { [number] in Message.page(number, $0) }
    guard let place = restored, wasPending, !hasPendingChanges else { return effect }
    restored = nil
    return .batch(effect, .tell(DraftService.Message.settled(place)))
  }

  var bindings: [KeyBinding<Message>] {
    page.plainBindings.map { $0.map(in: "page.\(number).") { [number] in .page(number, $0) } }
  }

  func typed(_ input: TextInput) -> Message? { page.erasedTyped(input).map { .page(number, $0) } }

  /// Draws the page. A click gives it the keys.
  func draw(in area: Rect, on frame: inout Frame<Message>) {
    page.drawErased(in: area, on: &frame) { .clicked(number, $0) }
  }
}
