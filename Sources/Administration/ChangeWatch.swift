internal import Store

/// Looks whether others have changed what is shown. It is one thread's at a time.
package final class ChangeWatch {
  private let watch: any StoreWatch
  private var generation: Generation?

  init(_ watch: any StoreWatch) { self.watch = watch }

  /// Whether anybody committed a change since the last call; false at the first.
  ///
  /// Errors: ``StoreError``.
  package func hasChanged() throws -> Bool {
    guard try watch.hasChanged() || generation == nil else { return false }
    let present = try watch.read { $1 }
    defer { generation = present }
    return generation.map { $0 != present } ?? false
  }
}
