internal import Access
internal import Store

/// Checks the laws when all of a transaction is done, whatever road it came by.
extension Change {
  /// The most broken laws that are told of a change that is tried.
  private static var mostConsequences: Int { 20 }
  /// The most accounts that are looked at to tell what taking away breaks, which is never refused.
  private static var mostTaken: Int { 2_000 }

  /// Refuses a change after which there is a breach that there was not before, in a law that enforces. What is only tried
  /// is told what it would break.
  ///
  /// Steps that only disable, revoke, delete or take away are not looked at, so that no law refuses or slows them.
  func checkLaws() throws {
    try requireKeepingWho()
    guard !ledger.given.isEmpty || !ledger.turnedLaws.isEmpty || isRehearsal else { return }
    let laws = try writer.laws()
    guard !laws.isEmpty else { return }
    let source = AccessSource(writer)
    if isRehearsal { return note(try consequences(laws, source)) }
    let enforced = laws.filter { $0.mode == .enforce }
    if let broken = try firstBrokenTurnedLaw(enforced, source) {
      throw LawTrouble.isBroken(LawConsequence(broken, source.names, now: now, isRefused: true))
    }
    try forEachNewBreach(enforced, ledger.given, source) { broken in
      throw LawTrouble.breaks(LawConsequence(broken, source.names, now: now, isRefused: true))
    }
  }

  /// What the laws say to a change that is tried: to what it gives, and to what it takes away.
  private func consequences(_ laws: [Law<AsWritten>], _ source: AccessSource) throws -> LawConsequences {
    var found: [LawConsequence] = []
    func add(_ broken: LawChecker.Broken, isRefused: Bool) throws {
      let isRefused = isRefused && broken.law.mode == .enforce
      let consequence = LawConsequence(broken, source.names, now: now, isRefused: isRefused)
      if !found.contains(where: { $0.counterexample == consequence.counterexample && $0.law == broken.law }) {
        found.append(consequence)
      }
      if found.count >= Self.mostConsequences { throw Enough() }
    }
    do {
      if let broken = try firstBrokenTurnedLaw(laws, source, watching: true) {
        try add(broken, isRefused: true)
      }
      try forEachNewBreach(laws, ledger.given, source) { try add($0, isRefused: true) }
      try forEachNewBreach(laws, ledger.taken, source, most: Self.mostTaken) { try add($0, isRefused: false) }
    } catch is Enough {
      return LawConsequences(found: found, isWhole: false)
    }
    return LawConsequences(found: found, isWhole: true)
  }

  private struct Enough: Error {}

  /// The first of the laws which this transaction added, or made to say more, that somebody breaks.
  ///
  /// - Parameter watching: whether laws that only watch are looked at, too.
  private func firstBrokenTurnedLaw(
    _ laws: [Law<AsWritten>], _ source: AccessSource, watching: Bool = false
  ) throws -> LawChecker.Broken? {
    let turned = laws.filter { isLookedAtWhole($0, watching: watching) }
    var first: LawChecker.Broken?
    do {
      try LawChecker(turned, source, at: now).forEachBreach { broken in
        first = broken
        throw Enough()
      }
    } catch is Enough {}
    return first
  }

  /// Whether all whom the law means are looked at, because this transaction added the law or made it say more. Of every
  /// other law, be it edited or not, those are looked at whom steps touched.
  private func isLookedAtWhole(_ law: Law<AsWritten>, watching: Bool) -> Bool {
    guard let turn = ledger.turnedLaws[NameKey(law.name)] else { return false }
    if watching, law.mode == .watch { return true }
    return turn.was.map { law.saysMore(than: $0) } ?? (law.mode == .enforce)
  }

  /// Calls the body with each breach that those whom steps touched have come to.
  private func forEachNewBreach(
    _ laws: [Law<AsWritten>], _ touched: Touched, _ source: AccessSource, most: Int = .max,
    _ body: (LawChecker.Broken) throws -> Void
  ) throws {
    let standing = laws.filter { !isLookedAtWhole($0, watching: isRehearsal) }
    guard !standing.isEmpty, !touched.isEmpty else { return }
    try readBefore { reader in
      let before = AccessSource(reader)
      let checker = LawChecker(standing, source, at: now)
      for widget in try openWidgets(touched, standing) {
        try checker.breaches(by: widget, before: before).forEach(body)
      }
      var count = 0
      try checker.forEachTouched(touched) { id, indices in
        count += 1
        if count > most { throw Enough() }
        try checker.breaches(by: id, of: indices, before: before).forEach(body)
        source.forgetPeople()
        before.forgetPeople()
      }
    }
  }
}

extension Change {
  /// The open widgets that may have come to show more: those that were touched, and all where a connector, a list or
  /// something else that widgets show was touched.
  private func openWidgets(_ touched: Touched, _ laws: [Law<AsWritten>]) throws -> [Widget] {
    guard touched.isDataTouched, laws.contains(where: \.form.meansOpenWidgets) else {
      return try touched.widgets.compactMap { try writer.widget($0) }.filter(\.isOpen)
    }
    return try writer.widgets().filter(\.isOpen)
  }
}
