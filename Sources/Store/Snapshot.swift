/// The whole state of the store as of a row of the audit log. Snapshots are kept beside the log.
package struct Snapshot: Hashable, Sendable {
  /// The number of the row as of which the state is; 0 for the state of an empty store.
  package let sequence: Int64
  /// The number of the row that holds the snapshot's hash; 0 for the snapshot of an empty store.
  package let toldBy: Int64

  package init(sequence: Int64, toldBy: Int64) {
    self.sequence = sequence
    self.toldBy = toldBy
  }
}
