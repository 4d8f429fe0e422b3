/// A word of a text with conditions.
struct ConditionWord {
  /// The key and the operator before the text; nil in a plain word.
  private(set) var head: (key: String, comparison: ConditionOperator)?
  /// The value of a condition, or the plain word.
  private(set) var text = ""
  /// Whether a part of the word stood in quotes.
  private(set) var isQuoted = false

  private static let maximumKeyLength = 20

  /// Splits a text at blanks. Quotes hold a value with blanks together; in them `\` keeps the next character.
  ///
  /// Errors: ``ConditionProblem/openQuote``.
  static func words(_ text: String) throws(ConditionProblem) -> [ConditionWord] {
    var words: [ConditionWord] = []
    var word: ConditionWord?
    var (isQuoting, isEscaped) = (false, false)
    for scalar in text.unicodeScalars {
      if isQuoting, !isEscaped, scalar == "\\" {
        isEscaped = true
      } else if scalar == "\"", !isEscaped {
        isQuoting.toggle()
        word = (word ?? ConditionWord()).quoted
      } else if !isQuoting, scalar.properties.isWhitespace {
        word.map { words.append($0) }
        word = nil
      } else {
        word = (word ?? ConditionWord()).adding(scalar, isQuoting: isQuoting)
        isEscaped = false
      }
    }
    guard !isQuoting else { throw .openQuote }
    return words + [word].compactMap(\.self)
  }

  private var quoted: ConditionWord {
    var word = self
    word.isQuoted = true
    return word
  }

  private func adding(_ scalar: Unicode.Scalar, isQuoting: Bool) -> ConditionWord {
    var word = self
    if !isQuoting, !isQuoted, head == nil, Self.isKey(text),
      let comparison = ConditionOperator(rawValue: String(scalar))
    {
      word.head = (text, comparison)
      word.text = ""
    } else {
      word.text.unicodeScalars.append(scalar)
    }
    return word
  }

  /// Whether a text before an operator is meant as a key: letters and `-`, such as `api-user` or `-team`.
  private static func isKey(_ text: String) -> Bool {
    let letters = text.utf8.drop { $0 == UInt8(ascii: "-") }
    return !letters.isEmpty && text.utf8.count <= maximumKeyLength
      && letters.allSatisfy {
        (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
      }
  }
}
