internal import Access
internal import Store

/// To take a subject out of whom a law means is an Administrator's, and so is to have one come under an excepted name.
extension Change {
  func requireKeepingWho() throws {
    guard !authority.isAdministrator else { return }
    let (accounts, teams) = (ledger.leaving.accounts, ledger.leaving.teams)
    guard !accounts.isEmpty || !teams.isEmpty else { return }
    let laws = try presentLaws()
    let resting = laws.filter(\.form.who.restsOnWhatChanges)
    let excepting = laws.filter { !$0.exceptions.isEmpty }
    guard !resting.isEmpty || !excepting.isEmpty else { return }
    try readBefore { reader in
      for id in teams { try requireKept(id, reader, resting) }
      for id in accounts {
        try requireKept(id, reader, resting)
        try requireUnexcepted(id, reader, excepting)
      }
    }
  }

  /// An exception is for the one whom an Administrator excepted, and for nobody who takes the name.
  private func requireUnexcepted(
    _ id: AccountID, _ before: any SecurityReader, _ laws: [Law<AsWritten>]
  ) throws {
    guard let account = try writer.account(id), account.kind == .apiUser else { return }
    let was = try before.account(id)
    for law in laws where law.excepts(account.name) {
      if let was, try before.law(named: NameKey(law.name))?.excepts(was.name) == true { continue }
      throw LawTrouble.excepts(
        subject: "the \(account.kind.title) \(quoted(account.name.text))", law: law.name)
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
    let (wasIn, isIn) = (try before.teams(of: id), try writer.teams(of: id))
    for law in laws where law.form.who.loses(account, isIn, was: was, wasIn, now: now) {
      throw LawTrouble.takesOut(
        subject: "the \(account.kind.title) \(quoted(account.name.text))", law: law.name)
    }
  }
}

extension Law<AsWritten> {
  fileprivate func excepts(_ name: Name) -> Bool {
    exceptions[name] != nil || exceptions.keys.contains { NameKey($0) == NameKey(name) }
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

  /// Whether the law meant an account before and does not mean it now: by labels, or at some instant from now on by the
  /// teams of which it was a member then. To end a membership sooner, or to begin one later, is to leave, too.
  fileprivate func loses(
    _ account: Account, _ teams: [Bounded<Team>], was: Account, _ formerTeams: [Bounded<Team>], now: Timestamp
  ) -> Bool {
    switch self[account.kind] {
    case .labelled(let labels):
      return labels.mean(was) && !labels.mean(account)
    case .members(let named):
      let keys = Set(named.map { NameKey($0) })
      func bounds(_ teams: [Bounded<Team>]) -> [Bounds] {
        teams.filter { keys.contains(NameKey($0.value.name)) }.map(\.bounds)
      }
      let kept = bounds(teams)
      return bounds(formerTeams).contains { $0.firstUncovered(by: kept, from: now) != nil }
    // A name follows a rename, and *all* loses nobody.
    case nil, .all, .named: return false
    }
  }
}

extension Labels {
  fileprivate func mean(_ account: Account) -> Bool {
    pairs.allSatisfy { account.particulars.labels[$0.key] == $0.value }
  }
}
