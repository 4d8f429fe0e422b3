package import Store

/// Tells whoever keeps in memory what was read of a store whether that is still so, and reads it anew: the gate, its
/// standing and its keys, an open console. It is one thread's at a time.
///
/// After an error of the store the store is opened anew with the next question.
///
/// Errors of its functions: ``StoreError``, and what the closures throw.
package final class Follower {
  private let store: EnforcedStore
  private var watch: (opened: Int, watch: any StoreWatch)?
  /// What was read last; it stays when the store is opened anew, so that the next state is known as another one.
  package private(set) var state = KeptState()

  package init(_ store: EnforcedStore) { self.store = store }

  /// Whether anybody committed anything since the last read, or nothing was read yet. It takes microseconds.
  package func hasChanged() throws -> Bool { try forgettingOnError { try present().watch.hasChanged() } }

  /// Reads one consistent state, and says which one it is.
  package func read<Result>(_ body: (any StoreReader, KeptState) throws -> Result) throws -> Result {
    try forgettingOnError {
      let watch = try present()
      return try watch.watch.read { reader, generation in
        let now = KeptState(opened: watch.opened, generation: generation)
        let result = try body(reader, now)
        state = now
        return result
      }
    }
  }

  /// Has the store opened anew with the next question.
  package func forget() {
    if let watch { store.forget(watch.opened) }
    watch = nil
  }

  private func present() throws -> (opened: Int, watch: any StoreWatch) {
    if let watch { return watch }
    let (opened, present) = try store.current()
    let made = (opened: opened, watch: try present.watch())
    watch = made
    return made
  }

  private func forgettingOnError<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as StoreError {
      forget()
      throw error
    }
  }
}
