import Terminal

/// One page of an editor, at the right of its navigation pane.
///
/// Changes are pending until they are saved; the editor asks before a page with pending changes
/// is left.
protocol EditorPage: Screen where Outcome == Never {
  var hasPendingChanges: Bool { get }
  /// Saves what is pending; nothing is pending any more once that has succeeded.
  mutating func save() -> Effect<Message>
  mutating func discard() -> Effect<Message>
  /// What is pending, as it can be kept; nil where nothing is.
  var pending: PendingEdits? { get }
  /// Before it appears: makes what was kept pending again, once what is saved was read.
  mutating func restore(_ pending: PendingEdits)
}

extension EditorPage {
  var pending: PendingEdits? { nil }
  mutating func restore(_ pending: PendingEdits) {}
}

/// Of a page on which nothing is ever pending: what is done there is done at once.
extension EditorPage where Self: ListScreen {
  var hasPendingChanges: Bool { false }
  mutating func save() -> Effect<Message> { .none }
  mutating func discard() -> Effect<Message> { .none }
}

extension EditorPage {
  mutating func saving() -> Effect<ErasedMessage> { save().erased }
  mutating func discarding() -> Effect<ErasedMessage> { discard().erased }
}
