/// How well a few typed letters match a text. All of them must occur in it, in their order.
package struct FuzzyMatch: Hashable, Sendable {
  /// The score, which is higher for a better match. Only scores for the same pattern can be compared.
  package let score: Int
  /// The positions of the matched characters of the text, in ascending order.
  package let positions: [Int]

  /// Matches a pattern; fails where its letters do not occur in this order. An empty pattern matches every
  /// text equally.
  package init?(_ pattern: String, in text: String) {
    let letters = pattern.lowercased().filter { $0 != " " }.map { $0 }
    let characters = text.map { $0 }
    guard let best = Self.best(letters, Self.marks(characters)) else { return nil }
    score = best.score - characters.count / 4
    positions = best.positions
  }

  private struct Mark { let letter: Character; let startsWord: Bool }

  private static func marks(_ characters: [Character]) -> [Mark] {
    characters.indices.map { index in
      let before = index == 0 ? " " : characters[index - 1]
      return Mark(
        letter: Character(characters[index].lowercased().first.map(String.init) ?? " "),
        startsWord: !before.isLetter && !before.isNumber)
    }
  }

  private static let wordStart = 8
  private static let adjoining = 6
  private static let met = 2

  /// The best match. It is searched greedily from every place of the first letter, which suffices because
  /// texts are short.
  private static func best(_ letters: [Character], _ marks: [Mark]) -> (score: Int, positions: [Int])? {
    guard let first = letters.first else { return (0, []) }
    let starts = marks.indices.filter { marks[$0].letter == first }
    return starts.compactMap { run(letters, marks, from: $0) }.max { $0.score < $1.score }
  }

  private static func run(
    _ letters: [Character], _ marks: [Mark], from start: Int
  ) -> (score: Int, positions: [Int])? {
    var positions: [Int] = []
    var score = 0
    var next = start
    for letter in letters {
      guard let index = place(of: letter, marks, from: next, after: positions.last) else { return nil }
      let gap = positions.last.map { index - $0 - 1 } ?? 0
      score += met - min(gap, 3)
      if marks[index].startsWord { score += wordStart }
      if !positions.isEmpty, gap == 0 { score += adjoining }
      positions.append(index)
      next = index + 1
    }
    return (score, positions)
  }

  /// The place of a letter: the very next character, otherwise the next start of a word, otherwise the next
  /// place at all.
  private static func place(
    of letter: Character, _ marks: [Mark], from next: Int, after last: Int?
  ) -> Int? {
    guard next < marks.count else { return nil }
    if marks[next].letter == letter { return next }
    let rest = marks.indices[next...]
    return rest.first { marks[$0].letter == letter && marks[$0].startsWord }
      ?? rest.first { marks[$0].letter == letter }
  }
}
