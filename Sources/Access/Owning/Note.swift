/// What somebody wrote down about an API user or a token: up to 1,000 characters in one or several lines, or
/// nothing. The only control character is the newline, and each line follows the rules of a ``Summary``. No white
/// space stands at either end.
package struct Note: Hashable, Sendable, CustomStringConvertible {
  package static let maximumCharacterCount = 1_000
  package static let empty = Note()

  package let text: String

  private init() { text = "" }

  package init(_ raw: String) throws(NoteProblem) {
    let trimmed = Self.trim(raw)
    guard trimmed.count <= Self.maximumCharacterCount, trimmed.unicodeScalars.count <= 10_000 else {
      throw .tooLong(trimmed.count)
    }
    for line in trimmed.split(separator: "\n", omittingEmptySubsequences: true) {
      do { try NameScalars.check(String(line)) } catch { throw .line(error) }
    }
    guard !TokenID.isContained(in: trimmed) else { throw .line(.tokenID) }
    text = trimmed
  }

  private static func trim(_ raw: String) -> String {
    let scalars = raw.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  package var isEmpty: Bool { text.isEmpty }
  package var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  package var description: String { text }
}

/// The reason why a text is no note.
package enum NoteProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text has this number of characters.
  case tooLong(Int)
  case line(NameProblem)

  package var description: String {
    switch self {
    case .tooLong(let count): "a note has at most \(Note.maximumCharacterCount) characters, this has \(count)"
    case .line(let problem): problem.description(of: "a note")
    }
  }
}

extension Note: ParsedText {}
