/// The scalars that are allowed in a name or in a description of one line.
enum NameScalars {
  /// Refuses scalars that could deceive a reader. These are control characters, separators of lines and
  /// paragraphs, bidi controls, which change the order in which a text is read (U+061C, U+200E, U+200F,
  /// U+202A–U+202E, U+2066–U+2069: Unicode UAX 9), invisible scalars (Default_Ignorable_Code_Point: Unicode
  /// UAX 44), and U+FFFD.
  static func check(_ text: String) throws(NameProblem) {
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if let problem = problem(scalar, after: previous) { throw problem }
      previous = scalar
    }
  }

  /// Whether a text that passed ``check(_:)`` shows anything. U+2800 shows nothing: it is a Braille cell
  /// without dots.
  static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      scalar.isASCII
        ? scalar != " "
        : scalar != "\u{2800}" && !scalar.properties.isWhitespace
          && scalar.properties.generalCategory != .format
    }
  }

  private static func problem(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> NameProblem? {
    // Most names are ASCII, and looking up a scalar's properties is slow.
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F ? .forbidden(scalar) : nil }
    if isCommonAndSeen(scalar) { return nil }
    if scalar == "\u{FFFD}" { return .replacement }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return .forbidden(scalar)
    default: break
    }
    if scalar.properties.isBidiControl { return .forbidden(scalar) }
    guard scalar.properties.isDefaultIgnorableCodePoint else { return nil }
    return joins(scalar, previous) ? nil : .invisible(scalar)
  }

  /// Whether a joiner or a style selector is allowed after a scalar. The zero-width joiner and the selectors
  /// of text and emoji style have a meaning after emoji and after letters of scripts that join. After other
  /// characters, such as Latin letters, they would only be invisible.
  private static func joins(_ scalar: Unicode.Scalar, _ previous: Unicode.Scalar?) -> Bool {
    guard let previous else { return false }
    switch scalar {
    case "\u{200D}": return !previous.isASCII && previous != "\u{200D}"
    // A keycap is a digit, # or * followed by a selector.
    case "\u{FE0E}", "\u{FE0F}": return previous.properties.isEmoji
    default: return false
    }
  }
}
