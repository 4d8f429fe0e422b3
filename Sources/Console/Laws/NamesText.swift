/// Several names in one text with `;` between, as people type them.
///
/// A name in which a sign of this writing stands is written in quotes: `"A; B"`. Within quotes a quote is doubled.
enum NamesText {
  /// One name, or a part of it before or after the inner sign.
  struct Piece: Hashable, Sendable {
    let text: String
    let isQuoted: Bool
  }

  /// Reads a text. Empty names are left out.
  ///
  /// - Parameter inner: the sign at which a name is parted in two; nil where names have one part.
  /// Errors: ``Problem`` where a quote does not end, or something stands behind it.
  static func read(_ text: String, inner: Character? = nil) throws(Problem) -> [[Piece]] {
    var reader = Reader(inner: inner)
    var rest = text[...]
    while let character = rest.popFirst() { try reader.take(character, before: rest.first) }
    return try reader.end()
  }

  /// Writes a name so that it is read as this name.
  ///
  /// - Parameters:
  ///   - inner: the sign at which names are parted here.
  ///   - mistaken: whether the name would be taken for something else.
  static func written(_ name: String, inner: Character? = nil, mistaken: (String) -> Bool = { _ in false })
    -> String
  {
    let hasSign = name.contains { $0 == ";" || $0 == inner } || name.hasPrefix("\"")
    return hasSign || mistaken(name) ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
  }

  private struct Reader {
    let inner: Character?
    private var names: [[Piece]] = []
    private var parts: [Piece] = []
    private var current = ""
    private var isQuoted = false
    /// Whether the quotes of the present piece are open.
    private var isOpen = false
    /// Whether the last character was the first of a doubled quote.
    private var isDoubled = false

    init(inner: Character?) { self.inner = inner }

    mutating func take(_ character: Character, before next: Character?) throws(Problem) {
      if isDoubled {
        isDoubled = false
      } else if isOpen {
        takeQuoted(character, before: next)
      } else if character == ";" {
        endName()
      } else if character == inner, parts.isEmpty {
        endPiece()
      } else if character == "\"", current.allSatisfy({ $0 == " " }), !isQuoted {
        (isOpen, isQuoted, current) = (true, true, "")
      } else if isQuoted {
        if character != " " {
          throw Problem("something stands behind a quote", hint: "write ; before the next name")
        }
      } else {
        current.append(character)
      }
    }

    private mutating func takeQuoted(_ character: Character, before next: Character?) {
      guard character == "\"" else { return current.append(character) }
      isDoubled = next == "\""
      if isDoubled { current.append("\"") } else { isOpen = false }
    }

    private mutating func endPiece() {
      parts.append(Piece(text: isQuoted ? current : current.trimmed, isQuoted: isQuoted))
      (current, isQuoted) = ("", false)
    }

    private mutating func endName() {
      endPiece()
      if parts.contains(where: { $0.isQuoted || !$0.text.isEmpty }) { names.append(parts) }
      parts = []
    }

    mutating func end() throws(Problem) -> [[Piece]] {
      if isOpen { throw Problem("a quote does not end", hint: "write \" behind the name") }
      endName()
      return names
    }
  }
}
