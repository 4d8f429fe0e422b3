/// The glyphs of a text, made harmless and measured in terminal cells.
///
/// Controls, bidi overrides, joiners and everything else that is invisible or that a terminal could obey
/// become U+FFFD. Variation selectors and skin tones are left out, because terminals differ on their width. A
/// glyph is one base scalar with at most three zero-width marks; further marks are left out, and a mark
/// without a base gets U+25CC. The iterator allocates nothing.
package struct Glyphs: Sequence, Sendable {
  let text: String

  package init(_ text: String) { self.text = text }

  package func makeIterator() -> Iterator { Iterator(text: text) }

  package struct Iterator: IteratorProtocol {
    let text: String
    private var reader = GlyphReader()

    init(text: String) { self.text = text }

    package mutating func next() -> Cell? { reader.next(in: text.utf8Span.span) }
  }
}

/// Reads glyph after glyph of a text's bytes, as ``Glyphs`` describes them. The bytes are those of a `String`, which are
/// always valid UTF-8.
struct GlyphReader {
  /// The number of bytes that were read.
  private(set) var offset = 0

  mutating func next(in bytes: Span<UInt8>) -> Cell? {
    while let scalar = scalar(in: bytes) {
      switch ScalarKind(scalar) {
      case .dropped: continue
      case .mark: return glyph(on: Cell("\u{25CC}"), mark: scalar, in: bytes)
      case .base(let width):
        let base = Cell(scalars: SIMD4(scalar.value, 0, 0, 0), width: width)
        // No mark and nothing that is left out is ASCII.
        if offset == bytes.count || bytes[offset] < 0x80 { return base }
        return glyph(on: base, in: bytes)
      case .harmful: return glyph(on: Cell("\u{FFFD}"), in: bytes)
      }
    }
    return nil
  }

  /// Adds the marks that follow to a base.
  private mutating func glyph(on base: Cell, mark first: Unicode.Scalar? = nil, in bytes: Span<UInt8>) -> Cell
  {
    var cell = base
    var marks = 0
    if let first {
      cell.scalars[1] = first.value
      marks = 1
    }
    var end = offset
    while let scalar = scalar(in: bytes) {
      switch ScalarKind(scalar) {
      case .dropped: break
      case .mark:
        if marks < 3 {
          marks += 1
          cell.scalars[marks] = scalar.value
        }
      case .base, .harmful:
        // The scalar belongs to the next glyph.
        offset = end
        return cell
      }
      end = offset
    }
    return cell
  }

  /// The next scalar; nil at the end.
  private mutating func scalar(in bytes: Span<UInt8>) -> Unicode.Scalar? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    if first < 0x80 {
      offset += 1
      return Unicode.Scalar(first)
    }
    // The first byte tells the number of bytes by its leading ones.
    let count = min((~first).leadingZeroBitCount, bytes.count - offset)
    var value = UInt32(first) & (0x7F >> UInt32(count))
    for next in offset + 1..<offset + max(1, count) { value = value << 6 | UInt32(bytes[next] & 0x3F) }
    offset += max(1, count)
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}
