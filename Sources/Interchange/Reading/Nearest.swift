/// Finds what a person may have meant.
enum Nearest {
  /// The most candidates that are looked at, so that many errors stay cheap.
  private static let maximumCandidates = 10_000

  /// `did you mean “…”?`, where something is near enough.
  static func hint(to word: String, among candidates: some Sequence<String>) -> String? {
    nearest(to: word, among: candidates).map { "did you mean \(shown($0))?" }
  }

  /// The candidate that takes the fewest typed corrections, of equals the first in the alphabet; nil
  /// where even that takes more than a third of the word's length.
  static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars.prefix(100))
    var bound = max(1, min(wanted.count / 3, 8))
    var best: String?
    for candidate in candidates.prefix(maximumCandidates) {
      let other = Array(candidate.lowercased().unicodeScalars.prefix(100))
      guard abs(other.count - wanted.count) <= bound else { continue }
      let distance = distance(wanted, other)
      guard distance < bound || (distance == bound && best.map { candidate < $0 } ?? true) else { continue }
      (bound, best) = (distance, candidate)
    }
    return best
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        var cost = min(last[column + 1] + 1, current[column] + 1)
        cost = min(cost, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
