internal import Access

/// The beginning of a name at the end of a text with conditions, such as `Po` in `state:live user:Po`.
package struct NameBeginning: Hashable, Sendable {
  package let kind: ListedKind
  /// The key whose value is a name, an owner or a label.
  package let key: ConditionKey
  /// The value so far, without its quotes.
  package let typed: String
  /// The text before the value, such as `state:live user:`.
  private let before: String

  /// Nil where the text does not end within such a value. What stands in quotes ends with its last quote.
  package init?(endOf text: String, in kind: ListedKind) {
    let (start, isQuoting) = Self.lastWord(of: text)
    let last = String(text.unicodeScalars[start...])
    // A quote that is still open is closed here, so that the word can be read.
    guard isQuoting || !last.contains("\""),
      let word = try? ConditionWord.words(last + (isQuoting ? "\"" : "")).first,
      let (written, comparison) = word.head, comparison == .equals,
      let key = ConditionKey(rawValue: String(written.drop { $0 == "-" }).lowercased()),
      ConditionRule.rules(of: kind).first(where: { $0.key == key })?.form.isNamed == true
    else { return nil }
    (self.kind, self.key, typed) = (kind, key, word.text)
    before = String(text.unicodeScalars[..<start]) + written + comparison.rawValue
  }

  /// The whole text with a value in the place of its beginning, in quotes where the value needs them.
  package func completed(by value: String) -> String { before + ConditionWord.written(value) }

  /// Where the last word begins, and whether a quote is open at its end.
  private static func lastWord(of text: String) -> (start: String.Index, isQuoting: Bool) {
    var start = text.startIndex
    var (isQuoting, isEscaped) = (false, false)
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      if isQuoting, !isEscaped, scalar == "\\" {
        isEscaped = true
        continue
      }
      if scalar == "\"", !isEscaped { isQuoting.toggle() }
      if !isQuoting, scalar.properties.isWhitespace { start = text.unicodeScalars.index(after: index) }
      isEscaped = false
    }
    return (start, isQuoting)
  }
}

extension ConditionRule.Form {
  /// Whether the values are names in the store.
  fileprivate var isNamed: Bool {
    switch self {
    case .name, .owner, .label: true
    case .state, .kind, .network, .end, .past, .age: false
    }
  }
}

extension ConditionWord {
  /// A value as it is written behind the operator of a condition.
  static func written(_ value: String) -> String {
    guard value.unicodeScalars.contains(where: { $0 == "\"" || $0.properties.isWhitespace }) else {
      return value
    }
    let escaped = value.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"" + String(escaped) + "\""
  }
}
