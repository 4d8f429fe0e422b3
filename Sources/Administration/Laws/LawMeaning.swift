package import Access
package import Store

/// What a law says in one state of the store: whom it means, and who is exempt.
package struct LawMeaning: Sendable {
  package let law: Law<AsWritten>
  /// The number of API users that the law means; nil where it speaks of none.
  package let apiUsers: Int?
  /// The number of users whom the law means; nil where it speaks of none.
  package let users: Int?
  /// Those who are exempt, because they have the system role Administrator, as in `user:ada` or `team:Admins`; at most
  /// ``mostExempt``.
  package let exempt: [String]
  package let remarks: [String]
  package let unknown: [String]

  package static let mostExempt = 20
}

/// What a law means for one user or API user.
package struct LawVerdict: Sendable {
  package enum Standing: Hashable, Sendable {
    case notMeant
    /// The law is held. The words say why.
    case holds(String)
    /// The law is held only because the account is excepted for now. Without the exception this would break it.
    case excused(ToldBreach)
    case broken(ToldBreach)
  }

  package let account: Account
  package let standing: Standing
  /// Until when the account is excepted; nil where it isn't.
  package let exceptedUntil: Timestamp?
  /// Whether the account is a user with the system role Administrator, now or later, to whom the law does not apply while
  /// the role lasts.
  package let isExempt: Bool
}

extension Administration {
  /// Errors: ``AdministrationError/missing(kind:name:)``, ``StoreError``.
  package func meaning(
    of choose: (any SecurityReader) throws -> (law: Law<AsWritten>, account: Account?)
  ) throws -> (LawMeaning, LawVerdict?) {
    try read { reader in
      let (law, account) = try choose(reader)
      let source = AccessSource(reader)
      let judge = LawJudge(law, try LawFinder(source).find(law), source, now: now)
      return (try judge.meaning, try account.map(judge.verdict))
    }
  }
}

/// Tells what one law means in one state of the store.
private struct LawJudge {
  let law: Law<AsWritten>
  let found: Law<AsFound>
  let source: AccessSource
  let now: Timestamp

  init(_ law: Law<AsWritten>, _ found: Law<AsFound>, _ source: AccessSource, now: Timestamp) {
    (self.law, self.found, self.source, self.now) = (law, found, source, now)
  }

  var meaning: LawMeaning {
    get throws {
      let audience = LawAudience(source, now: now)
      return LawMeaning(
        law: law, apiUsers: try audience.count(found.form.who, .apiUser),
        users: try audience.count(found.form.who, .user), exempt: try exempt,
        remarks: try LawRemarks(law, found, source, now: now).all, unknown: found.unknownNames)
    }
  }

  private var exempt: [String] {
    get throws {
      guard law.form.isAboutSight, law.form.who.users != nil else { return [] }
      return try source.reader.subjects(with: .builtIn(.administrator), limit: LawMeaning.mostExempt)
        .filter { $0.kind != .apiUser }.map { "\($0.kind?.rawValue ?? "team"):\($0.name.text)" }
    }
  }

  func verdict(_ account: Account) throws -> LawVerdict {
    let subject = try source.lawSubject(account, LawLoading(law))
    let isExempt =
      law.form.isAboutSight && account.kind == .user
      && subject.access.roles.contains(where: \.isAdministrator)
    return LawVerdict(
      account: account, standing: try standing(account, subject),
      exceptedUntil: account.kind == .apiUser ? found.exceptions[.present(account.id)] : nil,
      isExempt: isExempt)
  }

  private func standing(_ account: Account, _ subject: LawSubject) throws -> LawVerdict.Standing {
    guard let selection = found.form.who[account.kind], selection.includes(subject, from: now) else {
      return .notMeant
    }
    if let broken = try LawChecker([law], source, at: now).breaches(by: account.id).first {
      return .broken(ToldBreach(broken, source.names, now: now))
    }
    let bare = try Law(name: law.name, reason: law.reason, mode: law.mode, form: law.form)
    if let broken = try LawChecker([bare], source, at: now).breaches(by: account.id).first {
      return .excused(ToldBreach(broken, source.names, now: now))
    }
    return .holds(try reason(account, subject))
  }

  private func reason(_ account: Account, _ subject: LawSubject) throws -> String {
    let isAdministrator = subject.access.roles.contains(where: \.isAdministrator)
    if law.form.isAboutSight, account.kind == .user, isAdministrator {
      return "it has the role Administrator, and is exempt while it has it"
    }
    switch law.form {
    case .never: return "nothing that it is given, now or later, covers what the law is about"
    case .apart(let who, let what, let other):
      switch (try sees(who, what, account), try sees(who, other, account)) {
      case (nil, nil): return "it can see nothing of either part"
      case (let things?, nil), (nil, let things?):
        return "it can see \(things), and nothing of the other part"
      case (_?, _?): return "it can see some of both parts, but never at the same instant"
      }
    case .within: return "a grant of the team covers all that it can see"
    case .tokens:
      let isHeld = subject.tokens.contains { $0.state(at: now) == .live }
      return isHeld ? "each of its live tokens obeys" : "it has no live token"
    case .owned: return "it has an owner"
    }
  }

  /// The first thing of a part that the account can see, in words; nil where it can see none.
  private func sees(
    _ who: LawWho<AsWritten>, _ what: LawWhat<AsWritten>, _ account: Account
  ) throws -> String? {
    let never = try Law(name: law.name, form: .never(who, what), exceptions: law.exceptions)
    guard let broken = try LawChecker([never], source, at: now).breaches(by: account.id).first else {
      return nil
    }
    return BreachWords(broken, source.names, now: now).things.first
  }
}
