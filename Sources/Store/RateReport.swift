package import Access

/// How often a gate let tokens with a rate through in the last minute, as it tells the other gates.
package struct RateReport: Hashable, Sendable {
  package let gate: Identifier<GatePresence>
  /// The number of the report, which the gate raises each time.
  package let turn: Int64
  /// The number of requests of each token.
  package let counts: [TokenRowID: Int]

  /// The greatest number of tokens that are told. Beyond it, those with the fewest requests are left out.
  package static let mostTokens = 10_000

  package init(gate: Identifier<GatePresence>, turn: Int64, counts: [TokenRowID: Int]) {
    self.gate = gate
    self.turn = turn
    self.counts =
      counts.count <= Self.mostTokens
      ? counts
      : Dictionary(
        counts.sorted { $0.value > $1.value }.prefix(Self.mostTokens).map { ($0.key, $0.value) },
        uniquingKeysWith: max)
  }

  /// The counts as they are kept.
  package var text: String {
    counts.map { "\($0.key.rawValue):\($0.value)" }.sorted().joined(separator: " ")
  }

  /// Fails where the text is not one of ``text``.
  package init?(gate: Identifier<GatePresence>, turn: Int64, text: String) {
    var counts: [TokenRowID: Int] = [:]
    for word in text.split(separator: " ") {
      let parts = word.split(separator: ":")
      guard parts.count == 2, let number = Int64(parts[0]), let token = TokenRowID(rawValue: number),
        let count = Int(parts[1]), TokenLimits.requestsPerMinuteRange.contains(count)
      else { return nil }
      counts[token] = count
    }
    self.init(gate: gate, turn: turn, counts: counts)
  }
}
