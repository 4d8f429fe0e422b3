package import Access

/// A gate that runs, and the lookup keys that it knows.
package struct GatePresence: Hashable, Sendable {
  package let id: Identifier<GatePresence>
  package let process: Int
  package let startedAt: Timestamp
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

  /// How often a gate says that it is there.
  package static let beatSeconds: Int64 = 15
  /// Whoever wasn't heard of for so long is no longer there.
  package static let absentAfterSeconds: Int64 = 45
}
