internal import Access

extension ConditionRule {
  /// The fewest letters of a key for which a completion is offered: most single letters begin a name.
  private static let leastLetters = 2

  /// What completes the last word of a text to a condition on things of a kind, as in `ds<` after `en` and `d` after
  /// `state:expire`; nil where nothing does.
  package static func completion(of text: String, in kind: ListedKind) -> String? {
    guard !text.contains("\""), let last = text.split(separator: " ", omittingEmptySubsequences: false).last
    else { return nil }
    let word = (last.first == "-" ? last.dropFirst() : last).lowercased()
    guard word.count >= leastLetters else { return nil }
    return completions(in: kind).first { $0.lowercased().hasPrefix(word) && $0.count > word.count }
      .map { String($0.dropFirst(word.count)) }
  }

  /// The beginnings of conditions, and the whole conditions whose values are known, on things of a kind.
  package static func completions(in kind: ListedKind) -> [String] {
    rules(of: kind).flatMap { $0.completions(in: kind) }
  }

  /// The texts that a beginning may be completed to: the key with its first operator, then whole conditions.
  private func completions(in kind: ListedKind) -> [String] {
    let heads = operators.map { key.rawValue + $0.rawValue }
    switch form {
    case .name, .label, .owner, .network: return heads
    case .state, .kind, .end, .past, .age: return heads + examples(in: kind)
    }
  }
}
