package import Store

/// Identifies the state of a store from which something was read.
package struct KeptState: Hashable, Sendable {
  /// The number of the opened store, counted from the first. A store that takes another's place gets a new
  /// number.
  package let opened: Int
  package let generation: Generation

  package init(opened: Int = 0, generation: Generation = 0) {
    self.opened = opened
    self.generation = generation
  }

  /// Whether this state is newer than the other.
  package func isAhead(of other: KeptState) -> Bool {
    (opened, generation) > (other.opened, other.generation)
  }
}
