package import Access

/// A running gate, and the lookup keys that it knows. A lock that ends with the gate's process shows that it
/// is running; a clock would be less certain.
package struct GatePresence: Hashable, Sendable {
  package let id: Identifier<GatePresence>
  package let process: Int
  package let startedAt: Timestamp
  /// The time at which the gate last told which keys it knows.
  package let seenAt: Timestamp
  package let lookupKeys: Set<KeyID>

  package init(
    id: Identifier<GatePresence>, process: Int, startedAt: Timestamp, seenAt: Timestamp,
    lookupKeys: Set<KeyID>
  ) {
    self.id = id
    self.process = process
    self.startedAt = startedAt
    self.seenAt = seenAt
    self.lookupKeys = lookupKeys
  }
}
