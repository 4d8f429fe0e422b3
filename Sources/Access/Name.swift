/// The name that a person gave to a user, a team, a connector, a token or another thing.
///
/// A name has 1 to 100 characters as people count them (extended grapheme clusters, Unicode UAX 29). It has
/// no white space at either end, no control characters, nothing that reorders text (bidi controls, line
/// separators), and nothing invisible. Names are compared by the key that the store makes of them, and never
/// by this text.
package struct Name: Hashable, Sendable, CustomStringConvertible {
  /// The greatest number of characters in a name.
  package static let maximumCharacterCount = 100
  /// The greatest number of scalars in a name. It limits how many marks and joiners can be piled up.
  package static let maximumScalarCount = 1_000

  package let text: String

  /// Checks a text, after removing white space at both ends.
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

  /// Whether a text is a name by the rules of ASCII alone. Most names pass this fast check, so that the slow
  /// look-up of Unicode properties is not needed. A text that could hold a Token ID does not pass.
  private static func isPlain(_ raw: some StringProtocol) -> Bool {
    // A text that does not give its bytes is checked the slow way.
    raw.utf8.withContiguousStorageIfAvailable(isPlain) ?? false
  }

  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let space = UInt8(ascii: " ")
    guard let first = bytes.first, let last = bytes.last, first != space, last != space else { return false }
    // Every Token ID begins with "pst_", so a text without an underscore can't hold one.
    return bytes.count <= maximumCharacterCount
      && bytes.allSatisfy { (space...0x7E).contains($0) && $0 != UInt8(ascii: "_") }
  }

  private static func trim(_ raw: some StringProtocol) -> String {
    let scalars = raw.unicodeScalars
    // Most texts have nothing to be removed, and cutting takes longer than all other checks.
    if let first = scalars.first, let last = scalars.last, !first.properties.isWhitespace,
      !last.properties.isWhitespace
    {
      return String(raw)
    }
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }
}

/// The reason why a text is not a name.
package enum NameProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  /// The text has this number of characters.
  case tooLong(Int)
  case forbidden(Unicode.Scalar)
  /// The text has an invisible character, so that two names could look the same.
  case invisible(Unicode.Scalar)
  case nothingVisible
  /// The text has U+FFFD, which replaces bytes that were not valid UTF-8.
  case replacement
  /// The text holds what could be a Token ID, which the message must not repeat.
  case tokenID

  package var description: String { description(of: "a name") }

  /// The reason, told of something else that follows the rules of names, such as `an owner`.
  package func description(of what: String) -> String {
    switch self {
    case .empty: "\(what) must not be empty"
    case .tooLong(let count) where count <= Name.maximumCharacterCount:
      "\(what) has at most \(Name.maximumScalarCount) Unicode scalars, this has more"
    case .tooLong(let count):
      "\(what) has at most \(Name.maximumCharacterCount) characters, this has \(count)"
    case .forbidden(let scalar): "\(what) must not contain the control character \(scalar.codePoint)"
    case .invisible(let scalar): "\(what) must not contain the invisible character \(scalar.codePoint)"
    case .nothingVisible: "\(what) must show something, this has invisible characters alone"
    case .replacement: "\(what) must not contain U+FFFD, which stands for bytes that are no UTF-8"
    case .tokenID where what == "a name": "this holds a Token ID; names are shown to everybody"
    case .tokenID: "this holds a Token ID; \(what) is shown to everybody"
    }
  }
}

extension Unicode.Scalar {
  /// The code point in the form `U+202E`.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
