package import Access

package protocol GateKeyReading {
  /// The keys of all gates, retired ones too, in the order in which they were added.
  func gateKeys() throws -> [GateKey]
}

package protocol GateKeyWriting {
  /// Adds a key, or has one that is there vouched for anew. Decisions don't rest on it, what a gate signs does.
  func put(_ key: GateKey) throws
  /// Retires a key for good; nothing happens where it is retired already.
  func retire(_ key: GateKeyID, at now: Timestamp) throws
}
