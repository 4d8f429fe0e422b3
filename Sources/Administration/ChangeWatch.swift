internal import Store

/// Looks whether others have changed what is shown. It is one thread's at a time.
package final class ChangeWatch {
  private let follower: Follower
  private var isFirst = true

  init(_ store: any Store) { follower = Follower(EnforcedStore { store }) }

  /// Whether anybody committed a change since the last call; false at the first.
  ///
  /// Errors: ``StoreError``.
  package func hasChanged() throws -> Bool {
    guard try follower.hasChanged() else { return false }
    let before = follower.state
    let present = try follower.read { $1 }
    defer { isFirst = false }
    return !isFirst && present != before
  }
}
