/// The cells that a text takes, as ``Glyphs`` draws it.
package func cellWidth(of text: String) -> Int {
  if isPrintableASCII(text) { return text.utf8.count }
  var width = 0
  for glyph in Glyphs(text) { width += Int(glyph.width) }
  return width
}

/// Whether every character is one cell by itself, as in most texts.
func isPrintableASCII(_ text: String) -> Bool {
  text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
}

/// Where a text that is too long loses its part.
package enum Ellipsis: Sendable {
  /// Its end: what stands in front matters most.
  case end
  /// Its middle: beginning and end tell it from others.
  case middle
}

/// A text that takes at most `columns` cells: itself (made harmless) where it fits, else
/// with '…' in place of what was cut. Empty for no columns.
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

/// As above, without making glyphs, which takes half the time of drawing a list.
private func fit(ascii text: String, columns: Int, _ ellipsis: Ellipsis) -> String {
  guard text.utf8.count > columns else { return text }
  let tail = ellipsis == .middle ? (columns - 1) / 2 : 0
  return text.prefix(columns - 1 - tail) + "…" + text.suffix(tail)
}

/// As above, looking no further than where the end is cut.
private func fit(endOf text: String, columns: Int) -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(min(text.utf8.count, 256))
  // Up to where it stays where '…' takes the last cell.
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

/// The most glyphs from the start that fit.
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
