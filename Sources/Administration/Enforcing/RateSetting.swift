internal import Access
internal import Store

/// Whether the rates of tokens count over all gates. It belongs to one thread.
package final class RateSetting {
  private let follower: Follower
  private var isOn = false

  package init(_ store: EnforcedStore) { follower = Follower(store) }

  /// Errors: ``StoreError``.
  package func isTogether() throws -> Bool {
    if try follower.hasChanged() {
      isOn = try follower.read { reader, _ in
        Settings(ofStore: try reader.settings(of: nil)).isOn(.gateRatesTogether)
      }
    }
    return isOn
  }
}
