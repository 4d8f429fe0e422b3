package import Access

/// A gate that runs, and the lookup keys that it knows. That it runs is told by a lock that ends with its
/// process, and by no clock.
package struct GatePresence: Hashable, Sendable {
  package let id: Identifier<GatePresence>
  package let process: Int
  package let startedAt: Timestamp
  /// When it last told which keys it knows.
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
