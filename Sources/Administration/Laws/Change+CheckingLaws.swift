internal import Access
internal import Store

/// Checks the laws when all of a transaction is done, whatever road it came by.
extension Change {
  /// The most broken laws that are told of a change that is tried.
  private static var mostConsequences: Int { 20 }
  /// The most accounts that are looked at to tell what taking away breaks, which is never refused.
  private static var mostTaken: Int { 2_000 }
  /// How long laws are looked at to tell what a change that is tried would break. Others, who only want to disable or to
  /// revoke something, wait meanwhile.
  private static var mostLookedAt: Duration { .milliseconds(500) }

  /// Refuses a change after which there is a breach that there was not before, in a law that enforces. What is only tried
  /// is told what it would break.
  ///
  /// Steps that only disable, revoke, delete or take away are not looked at, so that no law refuses or slows them.
  func checkLaws() throws {
    try requireKeepingWho()
    guard !ledger.given.isEmpty || !ledger.turnedLaws.isEmpty || isRehearsal else { return }
    let laws = try presentLaws()
    guard !laws.isEmpty else { return }
    let source = AccessSource(writer)
    if isRehearsal { return note(try consequences(laws, source)) }
    let enforced = laws.filter { $0.mode == .enforce }
    if let broken = try firstBrokenTurnedLaw(enforced, source) {
      throw LawTrouble.isBroken(
        try readBefore { try consequence(broken, source, since: $0, isRefused: true) })
    }
    try forEachNewBreach(enforced, ledger.given, source) { broken, before in
      throw LawTrouble.breaks(try consequence(broken, source, since: before, isRefused: true))
    }
  }

  /// The broken law in words. What this transaction adds, no command shows before.
  private func consequence(
    _ broken: LawChecker.Broken, _ source: AccessSource, since before: any SecurityReader, isRefused: Bool
  ) throws -> LawConsequence {
    var consequence = LawConsequence(broken, source.names, now: now, isRefused: isRefused)
    if try isNew(broken.breach, before) { consequence.commands = [] }
    return consequence
  }

  /// Whether there was no such account or token before.
  private func isNew(_ breach: LawBreach, _ before: any SecurityReader) throws -> Bool {
    if case .account(let id) = breach.breaker, try before.account(id) == nil { return true }
    if case .token(let id, _) = breach.finding { return try before.token(id) == nil }
    return false
  }

  /// What the laws say to a change that is tried: to what it gives, and to what it takes away.
  private func consequences(_ laws: [Law<AsWritten>], _ source: AccessSource) throws -> LawConsequences {
    var found: [LawConsequence] = []
    let end = ContinuousClock.now + Self.mostLookedAt
    func whileGoing() throws { if ContinuousClock.now > end { throw OutOfTime() } }
    func add(_ broken: LawChecker.Broken, since before: any SecurityReader, isRefused: Bool) throws {
      let isRefused = isRefused && broken.law.mode == .enforce
      let consequence = try consequence(broken, source, since: before, isRefused: isRefused)
      if !found.contains(where: { $0.counterexample == consequence.counterexample && $0.law == broken.law }) {
        found.append(consequence)
      }
      if found.count >= Self.mostConsequences { throw Enough() }
    }
    do {
      if let broken = try firstBrokenTurnedLaw(laws, source, watching: true, whileGoing) {
        try readBefore { try add(broken, since: $0, isRefused: true) }
      }
      try forEachNewBreach(laws, ledger.given, source, whileGoing) {
        try add($0, since: $1, isRefused: true)
      }
      try forEachNewBreach(laws, ledger.taken, source, most: Self.mostTaken, whileGoing) {
        try add($0, since: $1, isRefused: false)
      }
    } catch is Enough {
      return LawConsequences(found: found, isWhole: false)
    } catch is OutOfTime {
      return LawConsequences(found: found, isWhole: false)
    }
    return LawConsequences(found: found, isWhole: true)
  }

  /// What was looked for is found.
  private struct Enough: Error {}
  /// To look further would take too long.
  private struct OutOfTime: Error {}

  /// The first of the laws which this transaction added, or made to say more, that somebody breaks.
  ///
  /// - Parameters:
  ///   - watching: whether laws that only watch are looked at, too.
  ///   - whileGoing: called often. An error that the closure throws is thrown.
  private func firstBrokenTurnedLaw(
    _ laws: [Law<AsWritten>], _ source: AccessSource, watching: Bool = false,
    _ whileGoing: @escaping () throws -> Void = {}
  ) throws -> LawChecker.Broken? {
    let turned = laws.filter { isLookedAtWhole($0, watching: watching) }
    guard !turned.isEmpty else { return nil }
    let checker = LawChecker(turned, source, at: now)
    let end = isLookingFirstOfUse ? lawPatience.map { ContinuousClock.now + $0 } : nil
    checker.whileGoing = {
      try whileGoing()
      if let end, ContinuousClock.now > end { throw LooksTooLong(laws: turned) }
    }
    guard let rest = try foresight?.rest(of: turned, writer, before: ledger.firstSequence) else {
      return try Self.first(checker.forEachBreach)
    }
    return try Self.first { found in try forEachBreach(checker, among: rest, source, found) }
  }

  /// Whether it is of use to look at everybody before this transaction. It isn't where the transaction changes the
  /// catalogue, on which anybody's access may rest.
  private var isLookingFirstOfUse: Bool {
    !isRehearsal && !ledger.given.isDataTouched && !ledger.taken.isDataTouched
  }

  /// The first breach that is found.
  private static func first(
    _ find: ((LawChecker.Broken) throws -> Void) throws -> Void
  ) throws -> LawChecker.Broken? {
    var first: LawChecker.Broken?
    do {
      try find { broken in
        first = broken
        throw Enough()
      }
    } catch is Enough {}
    return first
  }

  /// Calls the body with the breaches of laws that this transaction adds. Who broke them before, or was touched since, is
  /// known; the others held them, and only this transaction may have touched them.
  private func forEachBreach(
    _ checker: LawChecker, among rest: Touched, _ source: AccessSource,
    _ body: (LawChecker.Broken) throws -> Void
  ) throws {
    var touched = rest
    touched.add(ledger.given)
    touched.add(ledger.taken)
    for widget in try openWidgets(touched, checker.laws) { try checker.breaches(by: widget).forEach(body) }
    try checker.forEachTouched(touched) { id, indices in
      try checker.breaches(by: id, of: indices, before: nil).forEach(body)
      source.forgetPeople()
    }
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
    _ whileGoing: @escaping () throws -> Void = {},
    _ body: (LawChecker.Broken, any SecurityReader) throws -> Void
  ) throws {
    let standing = laws.filter { !isLookedAtWhole($0, watching: isRehearsal) }
    guard !standing.isEmpty, !touched.isEmpty else { return }
    try readBefore { reader in
      let before = AccessSource(reader)
      let checker = LawChecker(standing, source, at: now)
      checker.whileGoing = whileGoing
      for widget in try openWidgets(touched, standing) {
        for broken in try checker.breaches(by: widget, before: before) { try body(broken, reader) }
      }
      var count = 0
      try checker.forEachTouched(touched) { id, indices in
        count += 1
        if count > most { throw Enough() }
        for broken in try checker.breaches(by: id, of: indices, before: before) { try body(broken, reader) }
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
