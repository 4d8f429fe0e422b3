internal import Access

/// The interface of the store: functions on Access's values, which an engine implements.
///
/// Deleted things are kept, but every function hides them unless it says otherwise. Names are unique among
/// living things. For an id that does not exist a function reads nil or nothing, and writes nothing.
///
/// Errors: ``StoreError``.
package protocol Store: Sendable {
  /// Reads one consistent state. The reader must not leave the closure.
  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result

  /// Runs one transaction, during which nobody else writes. When the closure returns, the whole transaction
  /// is committed and on disk; when the closure throws, nothing is.
  func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result

  /// Runs a transaction like ``write(_:)``. What the readings are going to read is read ahead at its beginning, as
  /// ``StoreReader/foresee(_:)`` does.
  func write<Result>(
    foreseeing readings: [(any StoreReader) throws -> Void], _ body: (any StoreWriter) throws -> Result
  ) throws -> Result

  /// Runs a transaction like ``write(_:)``, for a caller that must not wait.
  ///
  /// Errors: ``StoreError/busy(path:writer:)`` where others are writing.
  func writeAtOnce<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result

  /// Frees the disk space that is kept in reserve, for a change that takes access away and found the disk
  /// full. The result is false where no space is reserved.
  func giveUpReserve() -> Bool

  /// The place of the store for people: a path, without secrets.
  var location: String { get }

  /// The files of which at least one changes with each commit; none where no file of this machine does. They may be
  /// missing for a while.
  var changingFiles: [String] { get }

  /// Makes a reader for code that keeps in memory what it read.
  func watch() throws -> any StoreWatch

  /// Makes the changes that were committed safe from damage to the engine's log. The function waits for
  /// nobody. The result is false where others prevent this for now, or where this process may not write; then
  /// the caller has to try again.
  @discardableResult func settle() throws -> Bool

  /// Gives memory back that only makes later reads faster, such as pages that were read before. For a process that is
  /// going to read little for a while.
  func releaseMemory()
}

extension Store {
  package func write<Result>(
    foreseeing readings: [(any StoreReader) throws -> Void], _ body: (any StoreWriter) throws -> Result
  ) throws -> Result {
    try write { writer in
      try writer.foresee(readings)
      return try body(writer)
    }
  }

  /// For a store without a log there is nothing to do.
  package func settle() throws -> Bool { true }

  /// For a store that keeps no pages in this process.
  package func releaseMemory() {}

  /// For a store that is not in files, or whose files nobody follows.
  package var changingFiles: [String] { [] }
}
