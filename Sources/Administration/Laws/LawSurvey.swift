package import Access
package import Store

/// A breach in words, with whoever breaks the law.
package struct ToldBreach: Hashable, Sendable {
  package let consequence: LawConsequence
  /// Who breaks the law, as in `apiUser:Portal` or `widget:Sales`.
  package let breaker: String
  /// The things that can be seen, as in `Sales Orders of MX (Business Central), by team:Sales MX`; of `apart` two.
  package let things: [String]
  /// The first instant at which the law is broken.
  package let at: Timestamp

  package var law: Law<AsWritten> { consequence.law }

  init(_ broken: LawChecker.Broken, _ names: NameBook, now: Timestamp) {
    consequence = LawConsequence(broken, names, now: now, isRefused: false)
    let words = BreachWords(broken, names, now: now)
    (breaker, things) = (words.breakerReference, words.things)
    at = broken.breach.at
  }
}

/// What breaks some laws in one state of the store.
package struct LawSurvey: Sendable {
  /// A law with what breaks it.
  package struct Entry: Sendable {
    package let law: Law<AsWritten>
    /// The first breaches, as many as were to be kept.
    package fileprivate(set) var first: [ToldBreach] = []
    /// The number of breaches that were found.
    package fileprivate(set) var count = 0

    package var isBroken: Bool { count > 0 }
  }

  /// In the order in which the laws were given.
  package private(set) var entries: [Entry]
  /// Whether the look went to its end. Otherwise there may be more breaches than were counted.
  package private(set) var isWhole = true

  /// How far a look goes.
  package struct Bounds: Sendable {
    /// The most breaches of each law that are kept.
    package var kept: Int
    /// The number of breaches, of all laws together, after which the look ends; nil where it never does.
    package var counted: Int?
    /// Whether the look ends once each law is known to be broken.
    package var endsWithFirsts = false

    package init(kept: Int, counted: Int? = nil) { (self.kept, self.counted) = (kept, counted) }

    /// One breach of each law.
    package static let firsts = {
      var bounds = Bounds(kept: 1)
      bounds.endsWithFirsts = true
      return bounds
    }()
  }

  private struct Enough: Error {}

  /// - Parameter telling: receives each breach when it is found; nil where nobody waits for it.
  init(
    of laws: [Law<AsWritten>], _ source: AccessSource, at now: Timestamp, _ bounds: Bounds,
    telling: ((ToldBreach) throws -> Void)? = nil
  ) throws {
    entries = laws.map { Entry(law: $0) }
    let places = Dictionary(uniqueKeysWithValues: laws.enumerated().map { ($1.name, $0) })
    var (count, unbroken) = (0, laws.count)
    guard !laws.isEmpty else { return }
    do {
      try LawChecker(laws, source, at: now).forEachBreach { broken in
        guard let place = places[broken.law.name] else { return }
        let isKept = entries[place].first.count < bounds.kept
        if isKept || telling != nil {
          let told = ToldBreach(broken, source.names, now: now)
          if isKept { entries[place].first.append(told) }
          try telling?(told)
        }
        if entries[place].count == 0 { unbroken -= 1 }
        entries[place].count += 1
        count += 1
        if bounds.endsWithFirsts && unbroken == 0 || bounds.counted.map({ count >= $0 }) ?? false {
          throw Enough()
        }
      }
    } catch is Enough { isWhole = false }
  }
}

extension Administration {
  /// Looks for what breaks laws, in one state of the store. The cost goes with those whom the laws mean.
  ///
  /// Errors: ``AdministrationError``, ``StoreError``, and what the closures throw.
  package func survey(
    _ bounds: LawSurvey.Bounds, telling: ((ToldBreach) throws -> Void)? = nil,
    of laws: (any SecurityReader) throws -> [Law<AsWritten>] = { try $0.laws() }
  ) throws -> LawSurvey {
    try read { reader in
      try LawSurvey(of: try laws(reader), AccessSource(reader), at: now, bounds, telling: telling)
    }
  }
}
