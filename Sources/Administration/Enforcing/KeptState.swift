package import Store

/// Which state of which store something was read of.
package struct KeptState: Hashable, Sendable {
  /// Counts the stores that were opened: one that takes another's place is another.
  package let opened: Int
  package let generation: Generation

  package init(opened: Int = 0, generation: Generation = 0) {
    self.opened = opened
    self.generation = generation
  }

  /// Whether it is the newer one.
  package func isAhead(of other: KeptState) -> Bool {
    (opened, generation) > (other.opened, other.generation)
  }
}
