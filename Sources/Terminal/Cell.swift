/// One cell of the screen: a base scalar with at most three zero-width marks.
///
/// A wide glyph takes two cells: the first has `width` 2, the second is `.continuation`.
package struct Cell: Hashable, Sendable {
  /// The base scalar, then its marks; 0 in an unused place.
  package var scalars: SIMD4<UInt32>
  package var style: Style
  /// The number of terminal cells that the glyph takes: 1 or 2, and 0 for the right half of a wide glyph.
  package var width: UInt8

  package init(scalars: SIMD4<UInt32>, style: Style = .plain, width: UInt8 = 1) {
    self.scalars = scalars
    self.style = style
    self.width = width
  }

  package init(_ scalar: Unicode.Scalar, style: Style = .plain) {
    self.init(scalars: SIMD4(scalar.value, 0, 0, 0), style: style)
  }

  package static let blank = Cell(" ")
  package static func continuation(_ style: Style) -> Cell {
    Cell(scalars: .zero, style: style, width: 0)
  }

  /// Replaces the glyph by a blank of the same style.
  mutating func becomeBlank() { self = Cell(" ", style: style) }

  /// Appends the text that the cell shows, in UTF-8.
  func appendText(to bytes: inout [UInt8]) {
    for index in 0..<4 where scalars[index] != 0 {
      if let encoded = Unicode.Scalar(scalars[index]).flatMap(UTF8.encode) {
        bytes.append(contentsOf: encoded)
      }
    }
  }

  /// The text that the cell shows; empty for a continuation.
  package var text: String {
    var text = String.UnicodeScalarView()
    for index in 0..<4 where scalars[index] != 0 {
      if let scalar = Unicode.Scalar(scalars[index]) { text.append(scalar) }
    }
    return String(text)
  }
}
