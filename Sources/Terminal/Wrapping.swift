/// The lines of a text, each of at most `columns` cells, for dialogs and help.
///
/// Lines break at spaces, which are left out there. A word longer than a line is cut. A newline ends a line,
/// and two newlines leave an empty line. For no columns there are no lines.
package func wrap(_ text: String, columns: Int) -> [String] {
  guard columns > 0 else { return [] }
  return text.split(separator: "\n", omittingEmptySubsequences: false)
    .flatMap { wrapParagraph($0, columns: columns) }
}

private func wrapParagraph(_ paragraph: Substring, columns: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  var width = 0
  for word in paragraph.split(separator: " ") {
    for (index, piece) in pieces(of: String(word), columns: columns).enumerated() {
      let more = cellWidth(of: piece)
      if index == 0, !line.isEmpty, width + 1 + more <= columns {
        line += " " + piece
        width += 1 + more
      } else {
        if !line.isEmpty { lines.append(line) }
        (line, width) = (piece, more)
      }
    }
  }
  return lines + [line]
}

/// A word in parts that each fit into a line; one part where the word fits.
private func pieces(of word: String, columns: Int) -> [String] {
  if cellWidth(of: word) <= columns { return [word] }
  var pieces: [String] = []
  var rest = Array(Glyphs(word))
  while !rest.isEmpty {
    // A wide glyph does not fit into a single column, so it is left out.
    let part = leading(rest, columns: columns)
    pieces.append(part.reduce(into: "") { $0 += $1.text })
    rest.removeFirst(max(1, part.count))
  }
  return pieces.filter { !$0.isEmpty }
}
