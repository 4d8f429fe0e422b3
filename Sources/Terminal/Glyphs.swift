/// The glyphs of a text, made harmless and measured in terminal cells.
///
/// Controls, bidi overrides, joiners and everything else that is invisible or that a terminal could obey
/// become U+FFFD. Variation selectors and skin tones are left out, because terminals differ on their width. A
/// glyph is one base scalar with at most three zero-width marks; further marks are left out, and a mark
/// without a base gets U+25CC. The iterator allocates nothing.
package struct Glyphs: Sequence, Sendable {
  let text: String

  package init(_ text: String) { self.text = text }

  package func makeIterator() -> Iterator { Iterator(text.unicodeScalars.makeIterator()) }

  package struct Iterator: IteratorProtocol {
    private var scalars: String.UnicodeScalarView.Iterator
    /// A scalar that was read already, and belongs to the next glyph.
    private var held: Unicode.Scalar?

    init(_ scalars: String.UnicodeScalarView.Iterator) { self.scalars = scalars }

    package mutating func next() -> Cell? {
      while let scalar = held ?? scalars.next() {
        held = nil
        switch ScalarKind(scalar) {
        case .dropped: continue
        case .mark: return glyph(on: Cell("\u{25CC}"), mark: scalar)
        case .base(let width): return glyph(on: Cell(scalars: SIMD4(scalar.value, 0, 0, 0), width: width))
        case .harmful: return glyph(on: Cell("\u{FFFD}"))
        }
      }
      return nil
    }

    /// Adds the marks that follow to a base.
    private mutating func glyph(on base: Cell, mark first: Unicode.Scalar? = nil) -> Cell {
      var cell = base
      var marks = 0
      if let first {
        cell.scalars[1] = first.value
        marks = 1
      }
      while let scalar = scalars.next() {
        switch ScalarKind(scalar) {
        case .dropped: continue
        case .mark:
          if marks < 3 {
            marks += 1
            cell.scalars[marks] = scalar.value
          }
        case .base, .harmful:
          held = scalar
          return cell
        }
      }
      return cell
    }
  }
}
