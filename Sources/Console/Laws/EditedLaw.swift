import Access
import Synchronization

/// Which law an editor edits. A law that is added has a name only once it is saved.
final class EditedLaw: Sendable {
  /// The form that a new law begins with.
  let kind: LawKind
  private let known: Mutex<Name?>

  /// - Parameter name: nil for a law that is added.
  init(_ name: Name?, kind: LawKind) {
    self.kind = kind
    known = Mutex(name)
  }

  var name: Name? { known.withLock { $0 } }

  func saved(as name: Name) { known.withLock { $0 = name } }
}
