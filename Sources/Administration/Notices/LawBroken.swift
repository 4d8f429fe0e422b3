package import Access
internal import Store

extension NoticeCondition {
  /// The condition rests for a while, because it looks at everybody whom a law means.
  static let lawBroken = NoticeCondition(
    "law.broken", "somebody or something breaks a law", for: .securityRead, .onceWhileItHolds,
    restSeconds: 900
  ) { scene in
    try scene.read { reader in
      let source = AccessSource(reader)
      var tally = LawTally()
      try LawChecker(try reader.laws(), source, at: scene.now).forEachBreach { broken in
        tally.add(broken) { BreachWords(broken, source.names, now: scene.now) }
      }
      return tally.counts.map { lawBroken($0.law, $0.first, count: $0.count, at: scene.now) }
    }
  }

  /// One sighting for each broken law, however many break it.
  private static func lawBroken(
    _ law: Law<AsWritten>, _ first: BreachWords, count: Int, at now: Timestamp
  ) -> NoticeSighting {
    let more = count > 1 ? "; \((count - 1).grouped) more \(count == 2 ? "breach" : "breaches")" : ""
    return NoticeSighting(
      subject: "law", mark: law.name.text, at: now,
      words: "\(first.title) is broken: \(first.counterexample)\(more)",
      data: [
        "law": .text(law.name.text), "mode": .text(law.mode.rawValue), "breaches": .number(Int64(count)),
      ])
  }
}

/// Counts the breaches of each law, and keeps the words for the first one of each.
package struct LawTally {
  /// In the order in which the laws were found to be broken.
  package private(set) var counts: [(law: Law<AsWritten>, first: BreachWords, count: Int)] = []
  private var places: [Name: Int] = [:]

  package init() {}

  package mutating func add(_ broken: LawChecker.Broken, _ words: () -> BreachWords) {
    if let place = places[broken.law.name] {
      counts[place].count += 1
    } else {
      places[broken.law.name] = counts.count
      counts.append((broken.law, words(), 1))
    }
  }
}
