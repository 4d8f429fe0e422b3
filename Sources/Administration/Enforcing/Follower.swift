package import Store

/// Tells code that keeps in memory what it read from a store whether that is still true, and reads it again.
/// The gate, its standing and its keys, and an open console use it. A follower belongs to one thread.
///
/// After an error of the store the next question opens the store again.
///
/// Errors of its functions: ``StoreError``, and what the closures throw.
package final class Follower {
  private let store: EnforcedStore
  private var watch: (opened: Int, watch: any StoreWatch)?
  /// The state that was read last. It stays when the store is opened again, so that a new state is
  /// recognized.
  package private(set) var state = KeptState()

  package init(_ store: EnforcedStore) { self.store = store }

  /// Whether anybody committed anything since the last read, or nothing was read yet. The question takes
  /// microseconds.
  package func hasChanged() throws -> Bool { try forgettingOnError { try present().watch.hasChanged() } }

  /// Whether ``state`` is the present state for certain. Where it is not certain, ``hasChanged()`` tells. The question
  /// takes less than a microsecond.
  package var isSurelyUnchanged: Bool { watch?.watch.isSurelyUnchanged() ?? false }

  /// How far the store had come in ``state``, for a store on another machine. It stays when the store is opened again.
  package private(set) var lastRead: CommitMark?

  /// Whether ``state`` has whatever was committed before a store on another machine told this.
  package func hasRead(_ told: CommitMark) -> Bool { watch?.watch.lastRead?.includes(told) ?? false }

  /// Reads one consistent state, and tells which one it is.
  package func read<Result>(_ body: (any StoreReader, KeptState) throws -> Result) throws -> Result {
    try forgettingOnError {
      let watch = try present()
      let result = try watch.watch.read { reader, generation in
        let now = KeptState(opened: watch.opened, generation: generation)
        let result = try body(reader, now)
        state = now
        return result
      }
      // A read that failed says nothing of what is kept.
      lastRead = watch.watch.lastRead
      return result
    }
  }

  /// Makes the next question open the store again.
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
