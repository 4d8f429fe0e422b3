import Store

/// What the palette found for a text: pages and actions by any of their letters, things by parts of their words.
struct PaletteSearch: Sendable {
  /// An entry that fits, with the numbers of the characters that were matched.
  struct Hit: Sendable {
    let entry: PaletteEntry
    var inTitle: [Int] = []
    var inDetail: [Int] = []
  }

  /// The least number of characters for which things are looked up.
  static let leastCharacters = 2

  /// The text by which things are looked up; nil where it is too short, or says nothing.
  static func findText(_ text: String) -> FindText? {
    guard let text = FindText(text), text.folded.count >= leastCharacters else { return nil }
    return text
  }

  /// The entries that fit, the best first: whole names, names that begin with the text, names that have its words, and
  /// last those that have only its letters. Of equally good ones a page or an action goes before a thing.
  static func hits(_ text: String, in entries: [PaletteEntry], and things: [PaletteEntry]) -> [Hit] {
    if text.isEmpty { return entries.map { Hit(entry: $0) } }
    let words = FindText(text)
    let ranked =
      entries.compactMap { rank($0, text, words) }
      + (words.map { words in things.compactMap { rank($0, words) } } ?? [])
    return ranked.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      return (one.kind, one.weakness, left.offset) < (other.kind, other.weakness, right.offset)
    }.map(\.element.hit)
  }

  private struct Ranked {
    let hit: Hit
    /// The kind of the match; a better kind has a smaller number.
    let kind: Int
    /// How weak it is among matches of its kind.
    let weakness: Int
  }

  /// An entry that leaves the console is found only by its whole name, so that a typing error can't leave it.
  private static func rank(_ entry: PaletteEntry, _ text: String, _ words: FindText?) -> Ranked? {
    if let words, let rank = words.rank(of: entry.title), rank == .whole || !entry.leaves {
      let score = FuzzyMatch(text, in: entry.title)?.score ?? 0
      return Ranked(
        hit: Hit(entry: entry, inTitle: words.positions(in: entry.title)), kind: rank.rawValue,
        weakness: -score)
    }
    if entry.leaves { return nil }
    let last = FindRank.allCases.count
    let inTitle = FuzzyMatch(text, in: entry.title)
    let inBoth = FuzzyMatch(text, in: entry.detail + " " + entry.title)
    if let inTitle, inTitle.score + 4 >= inBoth?.score ?? .min {
      return Ranked(
        hit: Hit(entry: entry, inTitle: inTitle.positions), kind: last, weakness: -inTitle.score - 4)
    }
    return inBoth.map { match in
      let start = entry.detail.count + 1
      return Ranked(
        hit: Hit(
          entry: entry, inTitle: match.positions.filter { $0 >= start }.map { $0 - start },
          inDetail: match.positions.filter { $0 < start - 1 }),
        kind: last, weakness: -match.score)
    }
  }

  /// More than the weakness of any page or action, so that these come before things.
  private static let afterEntries = 10_000

  /// Things keep the order in which the store's search gave them, and of each rank the shorter names go first there.
  private static func rank(_ thing: PaletteEntry, _ words: FindText) -> Ranked? {
    words.rank(of: thing.title).map {
      Ranked(
        hit: Hit(entry: thing, inTitle: words.positions(in: thing.title)), kind: $0.rawValue,
        weakness: afterEntries)
    }
  }
}
