/// Short names for columns: what all names have at the beginning or at the end tells nothing there, and gives way to `…`.
enum DistinctNames {
  /// Up to this number of characters that all share is kept, because `…` takes room, too.
  private static let fewShared = 3

  /// The names without the words that all of them begin or end with. A name is never left empty.
  static func of(_ names: [String]) -> [String] {
    guard names.count > 1, let first = names.first else { return names }
    let words = names.map { $0.split(separator: " ") }
    let least = (words.map(\.count).min() ?? 1) - 1
    let start = shared(words, of: least) { $0[$1] }
    let end = shared(words, of: least - start) { $0[$0.count - 1 - $1] }
    let firstWords = first.split(separator: " ")
    let lead = isMuch(firstWords.prefix(start)) ? start : 0
    let tail = isMuch(firstWords.suffix(end)) ? end : 0
    guard lead + tail > 0 else { return names }
    return words.map { words in
      (lead > 0 ? "…" : "") + words.dropFirst(lead).dropLast(tail).joined(separator: " ")
        + (tail > 0 ? "…" : "")
    }
  }

  private static func isMuch(_ words: ArraySlice<Substring>) -> Bool {
    words.joined(separator: " ").count > fewShared
  }

  /// How many words from one side are the same in all names, at most `limit`.
  private static func shared(
    _ names: [[Substring]], of limit: Int, _ word: ([Substring], Int) -> Substring
  ) -> Int {
    var count = 0
    while count < limit, let first = names.first.map({ word($0, count) }),
      names.allSatisfy({ word($0, count) == first })
    {
      count += 1
    }
    return count
  }
}
