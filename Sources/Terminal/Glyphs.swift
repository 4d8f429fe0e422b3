private import CPlatform

/// The glyphs of a text, made harmless and measured in terminal cells.
package struct Glyphs: Sequence {
  let text: String

  package init(_ text: String) { self.text = text }

  package func makeIterator() -> AnyIterator<Cell> {
    var scalars = text.unicodeScalars.makeIterator()
    return AnyIterator { scalars.next().map { Cell($0) } }
  }
}
