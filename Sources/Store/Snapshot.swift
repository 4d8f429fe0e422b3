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
