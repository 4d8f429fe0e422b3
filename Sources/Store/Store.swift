internal import Access

/// The store's face: functions on Access's values, behind which an engine stands.
///
/// What is deleted is kept, hidden from every function below unless it says so; names are
/// unique among the living. A function that is given an id that isn't there reads nil or
/// nothing, and writes nothing.
///
/// Errors: ``StoreError``.
package protocol Store: Sendable {
  /// Reads one consistent state. The reader must not leave the closure.
  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result

  /// Runs one transaction, the only writer meanwhile: all of it is committed when the closure
  /// returns, or nothing where it throws. It is on disk when this returns.
  func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result

  /// The same for whoever must not wait.
  ///
  /// Errors: ``StoreError/busy(path:writer:)`` where others are writing.
  func writeAtOnce<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result

  /// Gives up the room that is kept on the disk, for a change that takes access away and found the disk full;
  /// false where none is kept.
  func giveUpReserve() -> Bool

  /// What this store is, for people: a path, without secrets.
  var location: String { get }

  /// A reader for whoever keeps in memory what it read.
  func watch() throws -> any StoreWatch

  /// Has what others committed, and what was committed while others read, where a damaged log of the engine's
  /// can't take it away any more. It waits for nobody. False where others keep it from being done, or where
  /// this process may not write: then it is to be tried again.
  @discardableResult func settle() throws -> Bool
}

extension Store {
  /// For a store that has no log.
  package func settle() throws -> Bool { true }
}
