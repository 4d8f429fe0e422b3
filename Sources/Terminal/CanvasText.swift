/// The canvas as text, for golden files, which people read and tests compare line by line.
extension Canvas {
  /// The rows, joined by newlines, without blanks at their ends.
  package var text: String {
    (0..<size.rows).map { row in
      let line = cells[row * size.columns..<(row + 1) * size.columns].reduce(into: "") { $0 += $1.text }
      return line.trimmingBlanks(" ")
    }.joined(separator: "\n")
  }

  /// The text, then a grid of the same shape that names each cell's style by a letter, then
  /// the legend of those letters, then the cursor where there is one.
  ///
  /// `.` is plain; `m a g w d` are the tones muted, accent, good, warning and danger; those
  /// letters in upper case are bold; `B` bold, `R` reverse, `S` reverse and bold, `U`
  /// underlined, `-` dim, all without a tone. Other styles are named by digits.
  package var golden: String {
    var legend = StyleLegend()
    let styles = (0..<size.rows).map { row in
      let line = (0..<size.columns).map { legend.letter(for: self[$0, row].style) }
      return String(line).trimmingBlanks(".")
    }.joined(separator: "\n")
    let place = cursor.map { "cursor: column \($0.column), row \($0.row)\n" } ?? ""
    return "\(text)\n=== styles\n\(styles)\n=== legend\n\(legend.text)\(place)"
  }
}

extension String {
  fileprivate func trimmingBlanks(_ blank: Character) -> String {
    guard let last = lastIndex(where: { $0 != blank }) else { return "" }
    return String(self[...last])
  }
}

/// The letters of styles: fixed letters for the usual styles, and digits for others in the order in which
/// they appear.
private struct StyleLegend {
  private var letters: [Style: Character] = [:]
  private var used: [(Character, Style)] = []
  private var digits = Array("0123456789").makeIterator()

  mutating func letter(for style: Style) -> Character {
    if let letter = letters[style] { return letter }
    let letter = Self.fixed(style) ?? digits.next() ?? "?"
    letters[style] = letter
    if style != .plain { used.append((letter, style)) }
    return letter
  }

  var text: String {
    used.sorted { $0.0 < $1.0 }.map { "\($0) \($1.words)\n" }.joined()
  }

  private static func fixed(_ style: Style) -> Character? {
    switch (style.tone, style.attributes) {
    case (.plain, let attributes): plain(attributes)
    case (let tone, []): letter(of: tone)
    case (let tone, .bold): Character(letter(of: tone).uppercased())
    default: nil
    }
  }

  private static func plain(_ attributes: Style.Attributes) -> Character? {
    switch attributes {
    case []: "."
    case .bold: "B"
    case .reverse: "R"
    case [.reverse, .bold]: "S"
    case .underline: "U"
    case .dim: "-"
    default: nil
    }
  }

  private static func letter(of tone: Tone) -> Character {
    switch tone {
    case .plain: "."
    case .muted: "m"
    case .accent: "a"
    case .good: "g"
    case .warning: "w"
    case .danger: "d"
    }
  }
}

extension Style {
  /// The style in words, for a legend.
  fileprivate var words: String {
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.reverse, "reverse"), (.underline, "underline"),
    ]
    let attributes = names.filter { self.attributes.contains($0.0) }.map(\.1)
    return ((tone == .plain ? [] : ["\(tone)"]) + attributes).joined(separator: " ")
  }
}
