/// Finds the names that a person may have meant.
package enum Nearest {
  /// The greatest number of candidates that are compared, so that a message stays cheap on a large store.
  private static let maximumCandidates = 10_000

  /// The candidate that needs the fewest corrections of typing errors; of equally near candidates the first
  /// in the alphabet. The result is nil where more than a third of the word would have to be corrected.
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

  /// The few names that a person may have meant, the nearest first. They contain the whole word, or else its
  /// first half, or else its first three letters.
  ///
  /// - Parameter search: finds some names that contain a text, in a list that may be too long to read as a
  ///   whole.
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

  /// The number of insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
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
