import Terminal

/// The page that is open in the editor. Its messages and effects are wrapped as messages of the editor.
struct OpenPage: Sendable {
  typealias Message = EditorScreen.Message

  private var page: any EditorPage
  /// The number of the page. Late messages for an earlier page have another number, and are dropped.
  private let number: Int
  /// The place whose draft was put back on the page, until the draft is saved or dropped.
  private var restored: Place?

  init(_ page: any EditorPage, number: Int) {
    self.page = page
    self.number = number
  }

  var title: String { page.title }
  var pending: PendingEdits? { page.pending }
  var hasPendingChanges: Bool { page.hasPendingChanges }

  /// Puts edits back that were left pending.
  mutating func restore(_ pending: PendingEdits, at place: Place?) {
    page.restore(pending)
    restored = place
  }

  mutating func tell(_ event: ScreenEvent) -> Effect<Message> { onPage { $0.take(event) } }
  mutating func save() -> Effect<Message> { onPage { $0.saving() } }
  mutating func discard() -> Effect<Message> { onPage { $0.discarding() } }

  /// Hands a message to the page; nil for a message of an earlier page.
  mutating func tell(_ message: ErasedMessage, to number: Int) -> Effect<Message>? {
    number == self.number ? tell(.message(message)) : nil
  }

  private mutating func onPage(
    _ body: (inout any EditorPage) -> Effect<ErasedMessage>
  ) -> Effect<Message> {
    let wasPending = hasPendingChanges
    let effect = body(&page).map(in: "page.") { [number] in Message.page(number, $0) }
    guard let place = restored, wasPending, !hasPendingChanges else { return effect }
    restored = nil
    return .batch(effect, .tell(DraftService.Message.settled(place)))
  }

  var bindings: [KeyBinding<Message>] {
    page.erasedBindings.map { $0.map(in: "page.") { [number] in .page(number, $0) } }
  }

  func typed(_ input: TextInput) -> Message? { page.erasedTyped(input).map { .page(number, $0) } }

  /// Draws the page. A click gives it the keys.
  func draw(in area: Rect, on frame: inout Frame<Message>) {
    page.drawErased(in: area, on: &frame) { .clicked(number, $0) }
  }
}
