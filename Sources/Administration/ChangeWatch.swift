package import Access
internal import Store

/// Looks whether what is shown may have become something else: others changed it, or a right of the operator began or
/// ended. It is one thread's at a time.
package final class ChangeWatch {
  private let follower: Follower
  private let operating: OperatorState
  private let surroundings: Surroundings
  private var isFirst = true

  init(_ store: any Store, _ operating: OperatorState, _ surroundings: Surroundings) {
    follower = Follower(EnforcedStore { store })
    self.operating = operating
    self.surroundings = surroundings
  }

  /// Whether anybody committed a change since the last call, false at the first; or whether the instant has come at
  /// which the operator's rights become others, until they are asked for again.
  ///
  /// Errors: ``StoreError``.
  package func hasChanged() throws -> Bool {
    let isDue = nextInstant.map { $0 <= surroundings.now() } ?? false
    return try isWritten() || isDue
  }

  /// The instant at which the operator's rights become others though nobody writes; nil for none.
  package var nextInstant: Timestamp? { operating.next }

  private func isWritten() throws -> Bool {
    guard try follower.hasChanged() else { return false }
    let before = follower.state
    let present = try follower.read { $1 }
    defer { isFirst = false }
    return !isFirst && present != before
  }
}
