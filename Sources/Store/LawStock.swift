/// How much there is of laws.
package struct LawStock: Hashable, Sendable {
  package let count: Int
  /// The characters in which the store keeps them.
  package let characters: Int

  package init(count: Int, characters: Int) { (self.count, self.characters) = (count, characters) }
}
