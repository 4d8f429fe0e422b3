import Administration
import Terminal

/// One page of an editor, at the right of its navigation pane.
///
/// Changes are pending until they are saved, together with those of the editor's other pages.
protocol EditorPage: Screen where Outcome == Never {
  var hasPendingChanges: Bool { get }
  /// The pending edits as they are saved. Nil where there are none, and a problem where something must be
  /// corrected first.
  var saving: Result<PageSaving<Message>, Problem>? { get }
  mutating func discard() -> Effect<Message>
  /// The pending edits in a form that can be kept; nil where there are none.
  var pending: PendingEdits? { get }
  /// Puts kept edits back. It is called before the page appears, and takes effect once the saved values are
  /// read.
  mutating func restore(_ pending: PendingEdits)
}

/// The pending edits of one page, and what the page has to know of how their saving ended.
struct PageSaving<Message: Sendable>: Sendable {
  /// The title of the page, as in `General`.
  let title: String
  let carryOut: @Sendable (Change) throws -> Void
  /// The further consequences of the edits, which the person sees before saving.
  var consequences: @Sendable () -> Result<[String], Problem> = { .success([]) }
  /// Tells the page that its edits were saved.
  let saved: Message
  /// Tells the page that its edits wait in the Inbox for somebody who may make them.
  let proposed: Message
  /// The conflict that an error means; nil for another error.
  var conflict: @Sendable (any Error) -> PageConflict<Message>? = { _ in nil }
  /// Another way to save, where an error leaves one; nil for another error, and for a page that has no other way.
  var otherWay: (@Sendable (any Error) -> OtherWay<Message>?)?

  func map<Other: Sendable>(_ transform: @escaping @Sendable (Message) -> Other) -> PageSaving<Other> {
    var mapped = PageSaving<Other>(
      title: title, carryOut: carryOut, consequences: consequences, saved: transform(saved),
      proposed: transform(proposed)
    ) { error in
      conflict(error).map { conflict in
        PageConflict(rows: conflict.rows) { transform(conflict.merge($0)) }
      }
    }
    if let otherWay {
      mapped.otherWay = { error in
        otherWay(error).map {
          OtherWay(question: $0.question, text: $0.text, action: $0.action, taken: transform($0.taken))
        }
      }
    }
    return mapped
  }
}

/// Somebody else changed what a page edits.
struct PageConflict<Message: Sendable>: Sendable {
  let rows: [ConflictRow]
  /// Gives the page both changes. Where both people changed the same part, the side says whose stays.
  let merge: @Sendable (ConflictSide) -> Message
}

/// What a person can do instead of what was refused.
struct OtherWay<Message: Sendable>: Sendable {
  let question: String
  let text: String
  /// The words of the button.
  let action: String
  /// Has the page go this way. The page is then saved again.
  let taken: Message
}

extension EditorPage {
  var pending: PendingEdits? { nil }
  mutating func restore(_ pending: PendingEdits) {}
}

/// The defaults for a page without pending edits, where every action is carried out at once.
extension EditorPage where Self: ListScreen {
  var hasPendingChanges: Bool { false }
  var saving: Result<PageSaving<Message>, Problem>? { nil }
  mutating func discard() -> Effect<Message> { .none }
}

extension EditorPage {
  var erasedSaving: Result<PageSaving<ErasedMessage>, Problem>? {
    saving?.map { $0.map { ErasedMessage(value: $0) } }
  }
  mutating func discarding() -> Effect<ErasedMessage> { discard().erased }
}
