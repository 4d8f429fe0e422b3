/// What a terminal can show.
package enum Repertoire: Sendable, Equatable {
  /// All of Unicode, as far as its font goes.
  case unicode
  /// As before, on a terminal that gives two cells to scalars of ambiguous width: others stand in for these, or
  /// they would push aside what is behind them.
  case wideAmbiguous
  /// The Linux console: letters, and lines with square corners; its font has few symbols.
  case console
  /// Letters without accents, and `+`, `-`, `|` for lines.
  case ascii

  /// The cell as this repertoire shows it. What stands in for a wide glyph is narrow: a blank
  /// has to follow it.
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
    if let square = AsciiFallback.squareCorners[scalar] { return cell.replaced(by: square) }
    if (0x2500...0x259F).contains(scalar.value) { return cell }
    return AsciiFallback.symbols[scalar].map { cell.replaced(by: $0) } ?? cell
  }
}

extension Cell {
  /// A narrow scalar in the same place, without marks.
  fileprivate func replaced(by scalar: Unicode.Scalar) -> Cell {
    Cell(scalars: [scalar.value, 0, 0, 0], style: style)
  }
}

/// The ASCII characters that stand in for others, one cell for one cell.
package enum AsciiFallback {
  /// The stand-in for a scalar: itself in ASCII, `?` where nothing is alike.
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

  /// Marks, arrows and signs that the console draws with.
  static let symbols: [Unicode.Scalar: Unicode.Scalar] = [
    "…": "~", "✓": "+", "✔": "+", "✗": "x", "✘": "x", "▸": ">", "▶": ">", "►": ">", "›": ">", "»": ">",
    "◂": "<", "◀": "<", "‹": "<", "«": "<", "▾": "v", "▼": "v", "▴": "^", "▲": "^",
    "←": "<", "→": ">", "↑": "^", "↓": "v", "↵": "<", "⏎": "<", "•": "*", "·": ".", "●": "*", "○": "o",
    "◆": "*", "◇": "o", "■": "#", "□": "o", "★": "*", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "×": "x", "⚠": "!", "◌": " ", "\u{FFFD}": "?",
    "█": "#", "▓": "#", "▒": ":", "░": ":", "│": "|", "─": "-",
  ]

  static let squareCorners: [Unicode.Scalar: Unicode.Scalar] = [
    "╭": "┌", "╮": "┐", "╰": "└", "╯": "┘",
  ]

  /// U+00C0 to U+00FF without their accents.
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
