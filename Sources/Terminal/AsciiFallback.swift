/// The characters that a terminal can show.
package enum Repertoire: Sendable, Equatable {
  /// All of Unicode, as far as the terminal's font has it.
  case unicode
  /// All of Unicode except scalars of ambiguous width, on a terminal that gives two cells to these. Other
  /// characters replace them, because they would push aside what follows.
  case wideAmbiguous
  /// The characters of the Linux console: letters, and lines with square corners. Its font has few symbols.
  case console
  /// ASCII: letters without accents, and `+`, `-`, `|` for lines.
  case ascii

  /// The cell as this repertoire shows it. The replacement of a wide glyph is narrow, so the caller must put
  /// a blank after it.
  package func shown(_ cell: Cell) -> Cell {
    guard self != .unicode, cell.scalars[0] > 0x7E, let scalar = Unicode.Scalar(cell.scalars[0])
    else { return cell }
    switch self {
    case .unicode: return cell
    case .wideAmbiguous:
      return isAmbiguouslyWide(scalar) ? cell.replaced(by: AsciiFallback.character(for: scalar)) : cell
    case .console: return shownOnConsole(cell, scalar)
    case .ascii: return cell.replaced(by: AsciiFallback.character(for: scalar))
    }
  }

  private func shownOnConsole(_ cell: Cell, _ scalar: Unicode.Scalar) -> Cell {
    if AsciiFallback.eighths.contains(scalar.value) {
      return AsciiFallback.symbols[scalar].map { cell.replaced(by: $0) } ?? cell
    }
    if let square = AsciiFallback.squareCorners[scalar] { return cell.replaced(by: square) }
    if (0x2500...0x259F).contains(scalar.value) { return cell }
    return AsciiFallback.symbols[scalar].map { cell.replaced(by: $0) } ?? cell
  }
}

extension Cell {
  /// The same cell with a narrow scalar and without marks.
  fileprivate func replaced(by scalar: Unicode.Scalar) -> Cell {
    Cell(scalars: [scalar.value, 0, 0, 0], style: style)
  }
}

/// The ASCII characters that replace others, one cell for one cell.
package enum AsciiFallback {
  /// The replacement of a scalar. An ASCII scalar stays; `?` replaces a scalar to which nothing is similar.
  package static func character(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    if let symbol = symbols[scalar] { return symbol }
    switch scalar.value {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x3000: return " "
    case 0xC0...0xFF: return letters[Int(scalar.value) - 0xC0]
    case 0x2500...0x257F: return line(scalar)
    case 0x2580...0x259F: return "#"
    default: return "?"
    }
  }

  /// The marks, arrows and signs that the console draws.
  static let symbols: [Unicode.Scalar: Unicode.Scalar] = [
    "…": "~", "✓": "+", "✔": "+", "✗": "x", "✘": "x", "▸": ">", "▶": ">", "►": ">", "›": ">", "»": ">",
    "◂": "<", "◀": "<", "‹": "<", "«": "<", "▾": "v", "▼": "v", "▴": "^", "▲": "^",
    "←": "<", "→": ">", "↑": "^", "↓": "v", "↵": "<", "⏎": "<", "•": "*", "·": ".", "●": "*", "○": "o",
    "◆": "*", "◇": "o", "■": "#", "□": "o", "▪": "+", "≠": "!", "★": "*", "–": "-", "—": "-", "‐": "-",
    "‑": "-", "−": "-",
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "×": "x", "⚠": "!", "◌": " ", "\u{FFFD}": "?",
    "▁": ":", "▂": "-", "▃": "=", "▄": "+", "▅": "*", "▆": "%", "▇": "@", "█": "#", "▓": "#", "▒": ":",
    "░": ":", "│": "|", "─": "-",
  ]

  /// The blocks of one to seven eighths of a cell, of which the Linux console's font has only one.
  static let eighths: ClosedRange<UInt32> = 0x2581...0x2587

  static let squareCorners: [Unicode.Scalar: Unicode.Scalar] = [
    "╭": "┌", "╮": "┐", "╰": "└", "╯": "┘",
  ]

  /// The letters U+00C0 to U+00FF without their accents.
  private static let letters: [Unicode.Scalar] = Array(
    "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty".unicodeScalars)

  private static func line(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "━", "┄", "┅", "┈", "┉", "╌", "╍", "═", "╴", "╶", "╸", "╺", "╼", "╾": "-"
    case "┃", "┆", "┇", "┊", "┋", "╎", "╏", "║", "╵", "╷", "╹", "╻", "╽", "╿": "|"
    case "╱": "/"
    case "╲": "\\"
    default: "+"
    }
  }
}
