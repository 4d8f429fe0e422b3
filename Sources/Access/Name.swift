/// What a person called something: a user, a team, a connector, a token.
///
/// 1 to 100 characters as people count them (extended grapheme clusters, Unicode UAX 29),
/// without white space at either end, without control characters, without anything that
/// reorders text (bidi controls, line separators) or shows nothing. Names are compared by the key that
/// the store makes of them, never by this text.
package struct Name: Hashable, Sendable, CustomStringConvertible {
  /// The most characters that a name may have.
  package static let maximumCharacterCount = 100
  /// The most scalars that a name may have: a bound on what marks and joiners may pile up.
  package static let maximumScalarCount = 1_000

  package let text: String

  /// Checks a text; white space at both ends is dropped first.
  package init(_ raw: some StringProtocol) throws(NameProblem) {
    if Self.isPlain(raw) {
      text = String(raw)
      return
    }
    let trimmed = Self.trim(raw)
    guard !trimmed.isEmpty else { throw .empty }
    try NameScalars.check(trimmed)
    guard NameScalars.isVisible(trimmed) else { throw .nothingVisible }
    let count = trimmed.count
    guard count <= Self.maximumCharacterCount, trimmed.unicodeScalars.count <= Self.maximumScalarCount
    else { throw .tooLong(count) }
    guard !TokenID.isContained(in: trimmed) else { throw .tokenID }
    text = trimmed
  }

  package var description: String { text }

  /// Whether a text is a name as it is, by rules of ASCII alone: of most names nothing else has to be
  /// looked at, which would take many times as long. What could hold a Token ID is not plain.
  private static func isPlain(_ raw: some StringProtocol) -> Bool {
    let space = UInt8(ascii: " ")
    var count = 0
    var last = space
    for byte in raw.utf8 {
      guard (space...0x7E).contains(byte), count < maximumCharacterCount else { return false }
      if count == 0, byte == space { return false }
      // "pst_" ends in the one underscore that tells it apart.
      if byte == UInt8(ascii: "_") { return false }
      count += 1
      last = byte
    }
    return count > 0 && last != space
  }

  private static func trim(_ raw: some StringProtocol) -> String {
    let scalars = raw.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }
}

/// Why a text is no name.
package enum NameProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  /// It has that many characters.
  case tooLong(Int)
  case forbidden(Unicode.Scalar)
  /// It shows nothing, so that two names could look the same.
  case invisible(Unicode.Scalar)
  case nothingVisible
  /// U+FFFD, which stands where bytes were no UTF-8.
  case replacement
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
    case .invisible(let scalar): "a name must not contain the invisible character \(scalar.codePoint)"
    case .nothingVisible: "a name must show something, this has invisible characters alone"
    case .replacement: "a name must not contain U+FFFD, which stands for bytes that are no UTF-8"
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
