internal import Store

/// Notices when others have changed what is shown. One thread at a time may use a watch.
package final class ChangeWatch {
  private let follower: Follower
  private var isFirst = true

  init(_ store: any Store) { follower = Follower(EnforcedStore { store }) }

  /// Whether anybody committed a change since the last call. The first call returns false.
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
