internal import Access
internal import Store

/// Finds what a law says that its author may not have meant: that the law asks for more than somebody would think, or for
/// nothing.
struct LawRemarks {
  private let law: Law<AsWritten>
  private let found: Law<AsFound>
  private let source: AccessSource
  private let now: Timestamp

  init(_ law: Law<AsWritten>, _ found: Law<AsFound>, _ source: AccessSource, now: Timestamp) {
    (self.law, self.found, self.source, self.now) = (law, found, source, now)
  }

  /// The remarks, each as a clause in lower case.
  var all: [String] {
    get throws { try audience + form + exceptions }
  }

  private var audience: [String] {
    get throws {
      let audience = LawAudience(source, now: now)
      let counts = try AccountKind.allCases.compactMap { try audience.count(found.form.who, $0) }
      return counts.allSatisfy { $0 == 0 } ? ["the law means nobody at present"] : []
    }
  }

  private var form: [String] {
    get throws {
      switch found.form {
      case .never(_, let what): return speaksOfNothing(what)
      case .apart(_, let what, let other):
        if what == other {
          return ["the two parts are the same: nobody whom the law means may see any of it, as with never"]
        }
        if what.overlaps(other) {
          return ["the two parts overlap: nobody whom the law means may see what is in both, not even alone"]
        }
        return speaksOfNothing(what) + speaksOfNothing(other)
      case .within(_, let team): return try within(team)
      case .tokens(_, let demands): return tokens(demands)
      case .owned: return []
      }
    }
  }

  private func speaksOfNothing(_ what: LawWhat<AsFound>) -> [String] {
    what.speaksOfNothing
      ? ["none of the named items is of the named lists, so that the law speaks of nothing"] : []
  }

  private func within(_ team: Foreseen<TeamID>) throws -> [String] {
    let nothing = "nobody whom the law means may see anything until then"
    guard team.id != nil else { return ["the team does not exist: \(nothing)"] }
    let gives = try source.teamGrants(of: found).contains { grant in
      grant.permissions.giveData && grant.permissions.bounds.until.map { now < $0 } ?? true
    }
    return gives ? [] : ["the team is given no data by a grant of its own: \(nothing)"]
  }

  private func tokens(_ demands: TokenDemands) -> [String] {
    var remarks: [String] = []
    if let days = demands.maximumDays, let unused = demands.unusedDays, unused >= days {
      remarks.append("a token that lasts \(days) days at most is never unused for \(unused)")
    }
    if demands.unusedDays != nil {
      remarks.append("that a token is unused is reported, and refuses no change by the mere course of time")
    }
    return remarks
  }

  private var exceptions: [String] {
    law.exceptions.sorted { $0.key.text < $1.key.text }.compactMap { name, until in
      if until <= now { return "the exception of \(quoted(name.text)) is over" }
      switch law.form.who.apiUsers {
      case nil: return "the exception of \(quoted(name.text)) excuses nobody: the law means no API user"
      case .named(let names)? where !names.contains(where: { NameKey($0) == NameKey(name) }):
        return "the exception of \(quoted(name.text)) excuses nobody whom the law means"
      default: return nil
      }
    }
  }
}

extension LawWhat<AsFound> {
  /// Whether one thing is a part of both, so that whoever sees it sees something of both.
  fileprivate func overlaps(_ other: Self) -> Bool {
    guard connector == other.connector, companies.meets(other.companies), lists.meets(other.lists) else {
      return false
    }
    // Whoever sees an item sees the pair that it belongs to.
    if items.isEmpty { return other.items.isEmpty || other.hasItem(within: lists) { _, _ in true } }
    if other.items.isEmpty { return hasItem(within: other.lists) { _, _ in true } }
    return hasItem(within: other.lists) { kind, item in
      guard let coverage = other.items[kind] else { return false }
      if let item { return coverage.covers(item) }
      return coverage.only?.contains { lists.covers($0.list) && other.lists.covers($0.list) } ?? true
    }
  }

  fileprivate var speaksOfNothing: Bool { !items.isEmpty && !hasItem(within: .all) { _, _ in true } }

  /// Whether an item of these, of one of the lists, is as asked for. The item is nil where all are meant.
  private func hasItem(
    within lists: Coverage<Foreseen<ListID>>, _ fits: (ItemKind, LawItem<AsFound>?) -> Bool
  ) -> Bool {
    items.contains { kind, coverage in
      guard let named = coverage.only else { return fits(kind, nil) }
      return named.contains { self.lists.covers($0.list) && lists.covers($0.list) && fits(kind, $0) }
    }
  }
}

extension Coverage {
  /// Whether something may be covered by both.
  fileprivate func meets(_ other: Coverage) -> Bool {
    switch (self, other) {
    case (.all, .all): true
    case (.all, .only(let set)), (.only(let set), .all): !set.isEmpty
    case (.only(let one), .only(let other)): !one.isDisjoint(with: other)
    }
  }
}
