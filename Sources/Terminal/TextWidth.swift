/// The number of cells that a text takes, as ``Glyphs`` draws it.
package func cellWidth(of text: String) -> Int {
  if isPrintableASCII(text) { return text.utf8.count }
  var width = 0
  for glyph in Glyphs(text) { width += Int(glyph.width) }
  return width
}

/// Whether every character takes one cell, as in most texts.
func isPrintableASCII(_ text: String) -> Bool {
  text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
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
  var bytes: [UInt8] = []
  bytes.reserveCapacity(min(text.utf8.count, 256))
  // The length that is kept where '…' takes the last cell.
  var kept = 0
  var width = 0
  for glyph in Glyphs(text) {
    width += Int(glyph.width)
    if width > columns { return String(decoding: bytes[..<kept], as: UTF8.self) + "…" }
    glyph.appendText(to: &bytes)
    if width < columns { kept = bytes.count }
  }
  return String(decoding: bytes, as: UTF8.self)
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
