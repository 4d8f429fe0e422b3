import Terminal

/// One page of an editor, at the right of its navigation pane.
///
/// Changes are pending until they are saved; the editor asks before a page with pending changes
/// is left.
protocol EditorPage: Screen where Outcome == Never {
  var hasPendingChanges: Bool { get }
  /// Saves the pending edits. Nothing is pending any more once this has succeeded.
  mutating func save() -> Effect<Message>
  mutating func discard() -> Effect<Message>
  /// The pending edits in a form that can be kept; nil where there are none.
  var pending: PendingEdits? { get }
  /// Puts kept edits back. It is called before the page appears, and takes effect once the saved values are
  /// read.
  mutating func restore(_ pending: PendingEdits)
}

extension EditorPage {
  var pending: PendingEdits? { nil }
  mutating func restore(_ pending: PendingEdits) {}
}

/// The defaults for a page without pending edits, where every action is carried out at once.
extension EditorPage where Self: ListScreen {
  var hasPendingChanges: Bool { false }
  mutating func save() -> Effect<Message> { .none }
  mutating func discard() -> Effect<Message> { .none }
}

extension EditorPage {
  mutating func saving() -> Effect<ErasedMessage> { save().erased }
  mutating func discarding() -> Effect<ErasedMessage> { discard().erased }
}
