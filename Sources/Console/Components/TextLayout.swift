import Terminal

/// Measuring and breaking text, in terminal cells.
package enum TextLayout {
  /// The cells that a text takes once it is harmless.
  package static func width(_ text: String) -> Int {
    Glyphs(text).reduce(0) { $0 + Int($1.width) }
  }

  /// A text cut to fit, with `…` where something was cut.
  package static func fit(_ text: String, columns: Int) -> String {
    guard columns > 0 else { return "" }
    var kept = ""
    var used = 0
    for glyph in Glyphs(text) {
      // Seen only once a glyph goes over the edge: then the last one makes room for the mark.
      if used + Int(glyph.width) > columns { return cut(text, columns: columns - 1) + "…" }
      kept += glyph.text
      used += Int(glyph.width)
    }
    return kept
  }

  private static func cut(_ text: String, columns: Int) -> String {
    var kept = ""
    var used = 0
    for glyph in Glyphs(text) {
      used += Int(glyph.width)
      if used > columns { break }
      kept += glyph.text
    }
    return kept
  }

  /// Lines of at most `columns` cells, broken at spaces where there are any; line breaks stay.
  package static func wrap(_ text: String, columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      wrapLine(String($0), columns: columns)
    }
  }

  private static func wrapLine(_ text: String, columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").map(String.init) {
      let longer = line.isEmpty ? word : line + " " + word
      if width(longer) <= columns {
        line = longer
      } else {
        if !line.isEmpty { lines.append(line) }
        line = word
        breakUp(&line, into: &lines, columns: columns)
      }
    }
    return lines + [line]
  }

  /// A word longer than a line goes on in the next one.
  private static func breakUp(_ word: inout String, into lines: inout [String], columns: Int) {
    while width(word) > columns {
      let head = cut(word, columns: columns)
      guard !head.isEmpty else { return }
      lines.append(head)
      word = String(word.dropFirst(head.count))
    }
  }
}
