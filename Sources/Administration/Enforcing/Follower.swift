package import Store

/// Tells code that keeps in memory what it read from a store whether that is still true, and reads it again.
/// The gate, its standing and its keys, and an open console use it. A follower belongs to one thread.
///
/// After an error of the store the next question opens the store again.
///
/// Errors of its functions: ``StoreError``, and what the closures throw.
package final class Follower {
  private let store: EnforcedStore
  private var made: Made?

  private struct Made {
    let opened: Int
    let recallCount: Int
    let watch: any StoreWatch
  }
  /// The state that was read last. It stays when the store is opened again, so that a new state is
  /// recognized.
  package private(set) var state = KeptState()

  package init(_ store: EnforcedStore) { self.store = store }

  /// Whether anybody committed anything since the last read, or nothing was read yet. The question takes
  /// microseconds.
  package func hasChanged() throws -> Bool { try forgettingOnError { try present().watch.hasChanged() } }

  /// Whether ``state`` is the present state for certain. Where it is not certain, ``hasChanged()`` tells. The question
  /// takes less than a microsecond.
  package var isSurelyUnchanged: Bool { known?.watch.isSurelyUnchanged() ?? false }

  /// How far the store had come in ``state``, for a store on another machine. It stays when the store is opened again, but
  /// not when the store was recalled.
  package var lastRead: CommitMark? {
    guard let read, read.recallCount == store.recallCount else { return nil }
    return read.mark
  }

  private var read: (mark: CommitMark, recallCount: Int)?

  /// Whether ``state`` has whatever was committed before a store on another machine told this.
  package func hasRead(_ told: CommitMark) -> Bool { known?.watch.lastRead?.includes(told) ?? false }

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
      read = watch.watch.lastRead.map { ($0, watch.recallCount) }
      return result
    }
  }

  /// Makes the next question open the store again.
  package func forget() {
    if let made { store.forget(made.opened) }
    made = nil
  }

  /// Has all who follow this store open and read it again.
  func recall() { store.recall() }

  private var known: Made? { made.flatMap { $0.recallCount == store.recallCount ? $0 : nil } }

  private func present() throws -> Made {
    if let known { return known }
    let recallCount = store.recallCount
    let (opened, present) = try store.current()
    let now = Made(opened: opened, recallCount: recallCount, watch: try present.watch())
    made = now
    return now
  }

  private func forgettingOnError<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as StoreError {
      forget()
      throw error
    }
  }
}
