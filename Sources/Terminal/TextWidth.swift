/// The number of cells that a text takes, as ``Glyphs`` draws it.
package func cellWidth(of text: String) -> Int {
  let bytes = text.utf8Span.span
  if isPrintableASCII(bytes) { return bytes.count }
  var reader = GlyphReader()
  var width = 0
  while let glyph = reader.next(in: bytes) { width += Int(glyph.width) }
  return width
}

/// Whether every character takes one cell, as in most texts.
func isPrintableASCII(_ text: String) -> Bool { isPrintableASCII(text.utf8Span.span) }

func isPrintableASCII(_ bytes: Span<UInt8>) -> Bool {
  for index in bytes.indices where bytes[index] &- 0x20 >= 0x5F { return false }
  return true
}

/// How much of a text fits into some cells.
struct Fitting: Equatable {
  /// The number of bytes of the text that stay.
  var bytes = 0
  /// The number of cells that these take.
  var columns = 0
  /// Whether '…' follows them in place of what was cut.
  var isCut = false

  /// Measures a text without reading further than the cut.
  init(_ text: Span<UInt8>, columns room: Int) {
    var reader = GlyphReader()
    var width = 0
    while let glyph = reader.next(in: text) {
      width += Int(glyph.width)
      if width > room {
        isCut = true
        return
      }
      if width < room { (bytes, columns) = (reader.offset, width) }
    }
    (bytes, columns) = (text.count, width)
  }
}

/// The place at which a text that is too long is shortened.
package enum Ellipsis: Sendable {
  /// The end is cut, because the beginning matters most.
  case end
  /// The middle is cut, because the beginning and the end distinguish the text from others.
  case middle
}

/// The text in at most `columns` cells. A text that fits is only made harmless; in others '…' replaces what
/// was cut. The result is empty for no columns.
package func fit(_ text: String, columns: Int, ellipsis: Ellipsis = .end) -> String {
  guard columns > 0 else { return "" }
  if isPrintableASCII(text) { return fit(ascii: text, columns: columns, ellipsis) }
  if ellipsis == .end { return fit(endOf: text, columns: columns) }
  let glyphs = Array(Glyphs(text))
  let width = glyphs.reduce(0) { $0 + Int($1.width) }
  if width <= columns { return joined(glyphs[...]) }
  let room = columns - 1
  let tail = trailing(glyphs, columns: room / 2)
  let taken = tail.reduce(0) { $0 + Int($1.width) }
  return joined(leading(glyphs, columns: room - taken)) + "…" + joined(tail)
}

/// Fits a text of ASCII without making glyphs, which takes half the time when a list is drawn.
private func fit(ascii text: String, columns: Int, _ ellipsis: Ellipsis) -> String {
  guard text.utf8.count > columns else { return text }
  let tail = ellipsis == .middle ? (columns - 1) / 2 : 0
  return text.prefix(columns - 1 - tail) + "…" + text.suffix(tail)
}

/// Fits a text by cutting its end, without reading further than the cut.
private func fit(endOf text: String, columns: Int) -> String {
  let bytes = text.utf8Span.span
  let fitting = Fitting(bytes, columns: columns)
  var shown: [UInt8] = []
  shown.reserveCapacity(fitting.bytes + 3)
  var reader = GlyphReader()
  while reader.offset < fitting.bytes, let glyph = reader.next(in: bytes) { glyph.appendText(to: &shown) }
  return String(decoding: shown, as: UTF8.self) + (fitting.isCut ? "…" : "")
}

private func joined(_ glyphs: ArraySlice<Cell>) -> String {
  glyphs.reduce(into: "") { $0 += $1.text }
}

/// The longest beginning of the glyphs that fits.
func leading(_ glyphs: [Cell], columns: Int) -> ArraySlice<Cell> {
  var left = columns
  return glyphs.prefix {
    left -= Int($0.width)
    return left >= 0
  }
}

private func trailing(_ glyphs: [Cell], columns: Int) -> ArraySlice<Cell> {
  var left = columns
  let index = glyphs.lastIndex {
    left -= Int($0.width)
    return left < 0
  }
  return glyphs[((index ?? -1) + 1)...]
}
