/// What somebody looks for by parts of its name: each word of the text must be in the name. Case and accents are
/// ignored.
package struct FindText: Hashable, Sendable {
  /// The greatest number of Unicode scalars in a text, and of words.
  package static let maximumLength = 200
  package static let maximumWords = 20

  /// The text as names are searched, with single blanks.
  package let folded: String
  private let words: [String]

  /// Fails for a text that says nothing, or too much.
  package init?(_ text: String) {
    guard text.unicodeScalars.prefix(Self.maximumLength + 1).count <= Self.maximumLength else { return nil }
    words = SearchText.fold(text).split(whereSeparator: \.isWhitespace).map(String.init)
    guard !words.isEmpty, words.count <= Self.maximumWords else { return nil }
    folded = words.joined(separator: " ")
  }

  /// The parts that a name must have, the longest first.
  package var parts: [SearchText] {
    words.sorted { $0.utf8.count > $1.utf8.count }.compactMap { SearchText($0) }
  }

  /// How well a name fits; nil where it does not.
  package func rank(of name: String) -> FindRank? {
    let name = SearchText.fold(name)
    if name == folded { return .whole }
    if name.hasPrefix(folded) { return .beginning }
    guard parts.allSatisfy({ $0.matches(folded: name) }) else { return nil }
    let beginnings = name.split { !$0.isLetter && !$0.isNumber }
    let areBeginnings = words.allSatisfy { word in
      name.hasPrefix(word) || beginnings.contains { $0.hasPrefix(word) }
    }
    return areBeginnings ? .words : .within
  }

  /// The numbers of the characters of a name that the words match, ascending; empty where the name does not fit. A
  /// word is looked for at the beginning of a word of the name first.
  package func positions(in name: String) -> [Int] {
    let letters = FoldedLetters(name)
    let found = words.map { letters.positions(of: SearchText.fold($0)) }
    return found.contains(where: \.isEmpty) ? [] : Set(found.joined()).sorted()
  }

  /// The candidates that fit, the best first, at most `limit`. Of equally good ones the shorter name goes first, and
  /// then the order stays.
  package func best<Candidate>(
    of candidates: [Candidate], limit: Int, by name: (Candidate) -> String
  ) -> [Candidate] {
    let ranked = candidates.enumerated().compactMap { offset, candidate -> Ranked<Candidate>? in
      let name = name(candidate)
      return rank(of: name).map { Ranked(candidate: candidate, key: ($0.rawValue, name.count, offset)) }
    }
    return ranked.sorted { $0.key < $1.key }.prefix(max(0, limit)).map(\.candidate)
  }
}

private struct Ranked<Candidate> {
  let candidate: Candidate
  let key: (Int, Int, Int)
}

/// How well a name fits what somebody looks for, the best first.
package enum FindRank: Int, Hashable, Sendable, CaseIterable {
  /// It is the name.
  case whole
  case beginning
  /// Each word begins a word of the name.
  case words
  case within
}
