/// Finds what a person may have meant.
package enum Nearest {
  /// The most candidates that are looked at, so that many errors stay cheap.
  private static let maximumCandidates = 10_000

  /// The candidate that takes the fewest typed corrections, of equals the first in the alphabet; nil
  /// where even that takes more than a third of the word's length.
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(word)
    var bound = max(1, min(wanted.count / 3, 8))
    var best: String?
    for candidate in candidates.prefix(maximumCandidates) {
      let other = folded(candidate)
      guard abs(other.count - wanted.count) <= bound else { continue }
      let distance = distance(wanted, other)
      guard distance < bound || (distance == bound && best.map { candidate < $0 } ?? true) else { continue }
      (bound, best) = (distance, candidate)
    }
    return best
  }

  /// The few that a person may have meant, the nearest first: those that have the whole word in them, or else its
  /// first half, or else its first three letters.
  ///
  /// - Parameter search: finds some that have a part in them, of a list that may be too long to look at as a whole.
  package static func names(
    to word: String, atMost limit: Int = 3, search: (_ part: String) throws -> [String]
  ) rethrows -> [String] {
    let count = word.count
    for length in [count, (count + 1) / 2, 3] where length <= count {
      let found = try search(String(word.prefix(length)))
      guard !found.isEmpty else { continue }
      let wanted = folded(word)
      let ranked = found.map { (name: $0, distance: distance(wanted, folded($0))) }
        .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      return ranked.prefix(limit).map(\.name)
    }
    return []
  }

  private static func folded(_ word: String) -> [Unicode.Scalar] {
    Array(word.lowercased().unicodeScalars.prefix(100))
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
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
