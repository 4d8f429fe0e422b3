package import Store

/// How the palette looks up things by a text, off the main actor.
package struct PaletteFinder: Sendable {
  /// The things that were found.
  package struct Found: Sendable {
    package let things: [PaletteEntry]
    /// Whether there are more of some kind than are named.
    package let isCut: Bool

    package init(_ things: [PaletteEntry], isCut: Bool = false) {
      self.things = things
      self.isCut = isCut
    }
  }

  package let find: @Sendable (FindText) -> Result<Found, Problem>

  package init(_ find: @escaping @Sendable (FindText) -> Result<Found, Problem>) { self.find = find }
}
