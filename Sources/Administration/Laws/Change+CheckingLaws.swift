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
    let turned = laws.filter { law in
      guard let turn = ledger.turnedLaws[NameKey(law.name)] else { return false }
      if watching, law.mode == .watch { return true }
      return turn.was.map { law.saysMore(than: $0) } ?? (law.mode == .enforce)
    }
    var first: LawChecker.Broken?
    do {
      try LawChecker(turned, source, at: now).forEachBreach { broken in
        first = broken
        throw Enough()
      }
    } catch is Enough {}
    return first
  }

  /// Calls the body with each breach that those whom steps touched have come to.
  private func forEachNewBreach(
    _ laws: [Law<AsWritten>], _ touched: Touched, _ source: AccessSource, most: Int = .max,
    _ body: (LawChecker.Broken) throws -> Void
  ) throws {
    let standing = laws.filter { ledger.turnedLaws[NameKey($0.name)] == nil }
    guard !standing.isEmpty, !touched.isEmpty else { return }
    try readBefore { reader in
      let before = AccessSource(reader)
      let checker = LawChecker(standing, source, at: now)
      for id in touched.widgets {
        guard let widget = try writer.widget(id) else { continue }
        let known =
          try reader.widget(id).map { try LawChecker(standing, before, at: now).breaches(by: $0) } ?? []
        try checker.breaches(by: widget).filter { new in !known.contains { $0.law.name == new.law.name } }
          .forEach(body)
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

/// To take a subject out of whom a law means is an Administrator's.
extension Change {
  fileprivate func requireKeepingWho() throws {
    guard !authority.isAdministrator else { return }
    let (accounts, teams) = (ledger.leaving.accounts, ledger.leaving.teams)
    guard !accounts.isEmpty || !teams.isEmpty else { return }
    let laws = try writer.laws().filter(\.form.who.restsOnWhatChanges)
    guard !laws.isEmpty else { return }
    try readBefore { reader in
      for id in teams { try requireKept(id, reader, laws) }
      for id in accounts { try requireKept(id, reader, laws) }
    }
  }

  private func requireKept(_ id: TeamID, _ before: any SecurityReader, _ laws: [Law<AsWritten>]) throws {
    guard let team = try before.team(id), try writer.team(id) == nil else { return }
    if let law = laws.first(where: { $0.form.who.teams.contains(NameKey(team.name)) }) {
      throw LawTrouble.takesOut(subject: "the team \(quoted(team.name.text))", law: law.name)
    }
  }

  private func requireKept(
    _ id: AccountID, _ before: any SecurityReader, _ laws: [Law<AsWritten>]
  ) throws {
    guard let was = try before.account(id), let account = try writer.account(id) else { return }
    let (wasIn, isIn) = (try before.teamKeys(of: id), try writer.teamKeys(of: id))
    for law in laws where try law.form.who.meant(was, wasIn) && !law.form.who.meant(account, isIn) {
      throw LawTrouble.takesOut(
        subject: "the \(account.kind.title) \(quoted(account.name.text))", law: law.name)
    }
  }
}

extension SecurityReader {
  fileprivate func teamKeys(of account: AccountID) throws -> Set<NameKey> {
    Set(try teams(of: account).map { NameKey($0.value.name) })
  }
}

extension LawWho<AsWritten> {
  private var selections: [LawSelection<AsWritten>] { [apiUsers, users].compactMap { $0 } }

  /// Whether an edit of labels or of memberships may change whom the law means.
  fileprivate var restsOnWhatChanges: Bool {
    selections.contains {
      switch $0 {
      case .labelled, .members: true
      case .all, .named: false
      }
    }
  }

  fileprivate var teams: Set<NameKey> {
    Set(
      selections.flatMap { selection -> [NameKey] in
        if case .members(let teams) = selection { teams.map { NameKey($0) } } else { [] }
      })
  }

  fileprivate func meant(_ account: Account, _ teams: Set<NameKey>) throws -> Bool {
    switch self[account.kind] {
    case .labelled(let labels): labels.pairs.allSatisfy { account.particulars.labels[$0.key] == $0.value }
    case .members(let named): named.contains { teams.contains(NameKey($0)) }
    // A name follows a rename, and *all* loses nobody.
    case nil, .all, .named: false
    }
  }
}
