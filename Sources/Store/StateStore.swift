package import Access

package protocol StateReading {
  /// Hands over the whole state, fact by fact, in the order of the kinds of ``StateFact`` and of ids; of a large store
  /// never more than some of it is in memory.
  func forEachFact(_ body: (StateFact) throws -> Void) throws
  /// The last that is as of that row of the audit log or of one before it.
  func snapshot(notAfter sequence: Int64) throws -> Snapshot?
  /// Hands over what a snapshot has, in the order in which it was put there.
  func forEachPart(of snapshot: Snapshot, _ body: (String) throws -> Void) throws
}

package protocol StateWriting {
  func begin(_ snapshot: Snapshot) throws
  /// - Parameter position: 1, 2, 3, …
  func add(_ facts: String, to snapshot: Snapshot, at position: Int64) throws
  func removeSnapshots(before sequence: Int64) throws
}

/// The whole state as of a row of the audit log, which is kept beside it.
package struct Snapshot: Hashable, Sendable {
  /// The row as of which it is; 0 for that of an empty store.
  package let sequence: Int64
  /// The row that has its hash; 0 for that of an empty store.
  package let toldBy: Int64

  package init(sequence: Int64, toldBy: Int64) {
    self.sequence = sequence
    self.toldBy = toldBy
  }
}
