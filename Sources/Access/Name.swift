/// What a person called something: a user, a team, a connector, a token.
///
/// 1 to 100 characters as people count them (extended grapheme clusters, Unicode UAX 29),
/// without white space at either end, without control characters and without anything
/// that reorders text (bidi controls, line separators). Names are compared by the key that
/// the store makes of them, never by this text.
package struct Name: Hashable, Sendable, CustomStringConvertible {
  /// The most characters that a name may have.
  package static let maximumCharacterCount = 100
  /// The most scalars that a name may have: a bound on what marks and joiners may pile up.
  package static let maximumScalarCount = 1_000

  package let text: String

  /// Checks a text; white space at both ends is dropped first.
  package init(_ raw: some StringProtocol) throws(NameProblem) {
    let trimmed = Self.trim(raw)
    guard !trimmed.isEmpty else { throw .empty }
    if let scalar = trimmed.firstForbiddenScalar { throw .forbidden(scalar) }
    let count = trimmed.count
    guard count <= Self.maximumCharacterCount, trimmed.unicodeScalars.count <= Self.maximumScalarCount
    else { throw .tooLong(count) }
    guard !TokenID.isContained(in: trimmed) else { throw .tokenID }
    text = trimmed
  }

  package var description: String { text }

  private static func trim(_ raw: some StringProtocol) -> String {
    let scalars = raw.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }
}

extension String {
  /// The first scalar that a text in one line must not have: control characters, separators of
  /// lines and paragraphs, and the bidi controls (U+061C, U+200E, U+200F, U+202A–U+202E,
  /// U+2066–U+2069: Unicode UAX 9), which make a text read as another.
  var firstForbiddenScalar: Unicode.Scalar? {
    unicodeScalars.first { scalar in
      // Most names are ASCII, and looking up a scalar's properties is slow.
      if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
      return switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
      default: scalar.properties.isBidiControl
      }
    }
  }
}

/// Why a text is no name.
package enum NameProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  /// It has that many characters.
  case tooLong(Int)
  case forbidden(Unicode.Scalar)
  /// It holds what could be a Token ID, which is not repeated.
  case tokenID

  package var description: String {
    switch self {
    case .empty: "a name must not be empty"
    case .tooLong(let count) where count <= Name.maximumCharacterCount:
      "a name has at most \(Name.maximumScalarCount) Unicode scalars, this has more"
    case .tooLong(let count):
      "a name has at most \(Name.maximumCharacterCount) characters, this has \(count)"
    case .forbidden(let scalar): "a name must not contain the control character \(scalar.codePoint)"
    case .tokenID: "this holds a Token ID; names are shown to everybody"
    }
  }
}

extension Unicode.Scalar {
  /// As in `U+202E`.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
