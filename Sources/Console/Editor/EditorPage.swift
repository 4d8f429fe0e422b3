import Terminal

/// One page of an editor, at the right of its navigation pane.
///
/// Changes are pending until they are saved; the editor asks before a page with pending changes
/// is left.
protocol EditorPage: Screen where Outcome == Never {
  var hasPendingChanges: Bool { get }
  /// Saves what is pending; nothing is pending any more once that has succeeded.
  mutating func save() -> Effect<Self>
  mutating func discard() -> Effect<Self>
  /// What is pending, as it can be kept; nil where nothing is.
  var pending: PendingEdits? { get }
  /// Before it appears: makes what was kept pending again, once what is saved was read.
  mutating func restore(_ pending: PendingEdits)
}

extension EditorPage {
  var pending: PendingEdits? { nil }
  mutating func restore(_ pending: PendingEdits) {}
}

/// A page of any type.
struct AnyEditorPage: Sendable {
  private(set) var page: any EditorPage

  init(_ page: some EditorPage) { self.page = page }

  mutating func receive(_ message: ErasedMessage, _ wrap: @escaping PageWrap) -> Effect<EditorScreen> {
    page.receive(message, wrap)
  }
  mutating func appear(_ wrap: @escaping PageWrap) -> Effect<EditorScreen> { page.appearing(wrap) }
  mutating func reappear(_ wrap: @escaping PageWrap) -> Effect<EditorScreen> { page.reappearing(wrap) }
  mutating func layout(in bounds: Rect, _ wrap: @escaping PageWrap) -> Effect<EditorScreen> {
    page.layingOut(in: bounds, wrap)
  }
  mutating func save(_ wrap: @escaping PageWrap) -> Effect<EditorScreen> { page.saving(wrap) }
  mutating func discard(_ wrap: @escaping PageWrap) -> Effect<EditorScreen> { page.discarding(wrap) }
  mutating func restore(_ pending: PendingEdits) { page.restore(pending) }

  var bindings: [KeyBinding<ErasedMessage>] { page.erasedBindings }
  func typed(_ input: TextInput) -> ErasedMessage? { page.erasedTyped(input) }
  func draw(
    on frame: inout Frame<EditorScreen.Message>, in bounds: Rect, _ wrap: @escaping PageWrap
  ) {
    page.drawErased(on: &frame, in: bounds, wrap)
  }
}

/// Makes a page's message the editor's.
typealias PageWrap = @Sendable (ErasedMessage) -> EditorScreen.Message

extension EditorPage {
  fileprivate mutating func receive(_ message: ErasedMessage, _ wrap: @escaping PageWrap) -> Effect<
    EditorScreen
  > {
    guard let message = message.value as? Message else { return .none }
    return lift(update(message), wrap)
  }
  fileprivate mutating func appearing(_ wrap: @escaping PageWrap) -> Effect<EditorScreen> {
    lift(appear(), wrap)
  }
  fileprivate mutating func reappearing(_ wrap: @escaping PageWrap) -> Effect<EditorScreen> {
    lift(reappear(), wrap)
  }
  fileprivate mutating func layingOut(in bounds: Rect, _ wrap: @escaping PageWrap) -> Effect<EditorScreen> {
    lift(layout(in: bounds), wrap)
  }
  fileprivate mutating func saving(_ wrap: @escaping PageWrap) -> Effect<EditorScreen> { lift(save(), wrap) }
  fileprivate mutating func discarding(_ wrap: @escaping PageWrap) -> Effect<EditorScreen> {
    lift(discard(), wrap)
  }

  private func lift(_ effect: Effect<Self>, _ wrap: @escaping PageWrap) -> Effect<EditorScreen> {
    effect.lifted { wrap(ErasedMessage(value: $0)) }
  }

  fileprivate var erasedBindings: [KeyBinding<ErasedMessage>] {
    bindings.map { $0.map { ErasedMessage(value: $0) } }
  }
  fileprivate func erasedTyped(_ input: TextInput) -> ErasedMessage? {
    typed(input).map { ErasedMessage(value: $0) }
  }
  fileprivate func drawErased(
    on frame: inout Frame<EditorScreen.Message>, in bounds: Rect, _ wrap: @escaping PageWrap
  ) {
    frame.child(bounds, { wrap(ErasedMessage(value: $0)) }) { draw(on: &$0) }
  }
}
