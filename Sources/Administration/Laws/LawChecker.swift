package import Access
internal import Store

/// Finds who breaks laws in one state of the store. A checker must not outlive the read of its source.
package final class LawChecker {
  let source: AccessSource
  let laws: [Law<AsWritten>]
  let now: Timestamp
  /// Called often while the store is gone through. An error that the closure throws ends that.
  var whileGoing: () throws -> Void = {}
  /// What the names of laws mean, for the laws that had to be looked at.
  private var known: [Int: FoundLaw] = [:]

  /// A law with what its names mean.
  struct FoundLaw {
    let law: Law<AsFound>
    let teamGrants: [Grant]
  }

  /// A law with one counterexample.
  package struct Broken: Hashable, Sendable {
    package let law: Law<AsWritten>
    package let breach: LawBreach
  }

  package init(_ laws: [Law<AsWritten>], _ source: AccessSource, at now: Timestamp) {
    (self.laws, self.source, self.now) = (laws, source, now)
  }

  /// The law with what its names mean.
  ///
  /// Errors: ``StoreError``.
  func found(_ index: Int) throws -> FoundLaw {
    if let found = known[index] { return found }
    let law = try LawFinder(source).find(laws[index])
    let found = FoundLaw(law: law, teamGrants: try source.teamGrants(of: law))
    known[index] = found
    return found
  }

  /// The laws that an account breaks, each with its first counterexample; none where there is no such living account.
  ///
  /// Errors: ``StoreError``.
  package func breaches(by id: AccountID) throws -> [Broken] {
    try breaches(by: id, of: laws.indices, before: nil)
  }

  /// The laws that an account breaks and did not break in the same way in another state, each with its first new
  /// counterexample.
  ///
  /// - Parameters:
  ///   - indices: those of the laws that are looked at.
  ///   - before: what was read of the other state; nil where all that is broken is new.
  func breaches(
    by id: AccountID, of indices: some Sequence<Int>, before: AccessSource?
  ) throws -> [Broken] {
    try whileGoing()
    guard let account = try source.reader.account(id) else { return [] }
    var loading = LawLoading()
    var subject: LawSubject?
    return try indices.compactMap { index in
      guard laws[index].mayMean(account) else { return nil }
      if subject == nil || !loading.holds(for: laws[index]) {
        loading.add(laws[index])
        subject = try source.lawSubject(account, loading)
      }
      guard let subject else { return nil }
      return try breach(of: index, by: subject, before: before)
    }
  }

  private func breach(of index: Int, by subject: LawSubject, before: AccessSource?) throws -> Broken? {
    let law = laws[index]
    if law.form.isAboutSight, !subject.mayGiveSight { return nil }
    let found = try found(index)
    let ground = try source.ground(found, subject.connectors)
    let breach = try newBreach(
      of: found.law, by: subject, in: ground, before: nil, at: now, going: whileGoing)
    guard let breach else { return nil }
    guard let before, let was = try before.past(of: law, by: subject.id, later: source) else {
      return Broken(law: law, breach: breach)
    }
    let connectors = subject.connectors.union(was.subject.connectors)
    return try newBreach(
      of: found.law, by: subject, in: try source.ground(found, connectors),
      before: (was.subject, try before.ground(was.found, connectors)),
      lawBefore: try was.found.law.excusing(subject.id, as: found.law), at: now, going: whileGoing
    ).map { Broken(law: law, breach: $0) }
  }
}

extension Law<AsFound> {
  /// The law with the exception of an account that lasts longer: its own, or that of a later form of the law. What either
  /// excuses was not broken before.
  fileprivate func excusing(_ account: AccountID, as later: Self) throws -> Self {
    let key = Foreseen.present(account)
    guard let until = later.exceptions[key], exceptions[key].map({ $0 < until }) ?? true else { return self }
    return try Law(
      name: name, reason: reason, mode: mode, form: form,
      exceptions: exceptions.merging([key: until]) { max($0, $1) })
  }
}

/// What must be read of an account for some laws.
struct LawLoading {
  private(set) var needsTokens = false
  private(set) var needsAccess = false

  init() {}
  init(_ law: Law<AsWritten>) { add(law) }

  mutating func add(_ law: Law<AsWritten>) {
    needsTokens = needsTokens || law.form.needsTokens
    needsAccess = needsAccess || law.form.needsAccess
  }

  /// Whether enough was read for a law.
  func holds(for law: Law<AsWritten>) -> Bool {
    (needsTokens || !law.form.needsTokens) && (needsAccess || !law.form.needsAccess)
  }
}

extension LawForm<AsWritten> {
  fileprivate var needsTokens: Bool { if case .tokens = self { true } else { false } }
  fileprivate var needsAccess: Bool {
    isAboutSight || [who.apiUsers, who.users].contains { if case .members? = $0 { true } else { false } }
  }

}

extension LawForm {
  /// Whether the law is about what subjects can see.
  var isAboutSight: Bool {
    switch self {
    case .never, .apart, .within: true
    case .tokens, .owned: false
    }
  }
}

extension Law<AsWritten> {
  /// Whether the law could mean an account, as far as the account itself tells.
  func mayMean(_ account: Account) -> Bool {
    switch form.who[account.kind] {
    case nil: false
    case .all, .members: true
    case .named(let names):
      names.contains(account.name) || names.contains { NameKey($0) == NameKey(account.name) }
    case .labelled(let labels):
      labels.pairs.allSatisfy { account.particulars.labels[$0.key] == $0.value }
    }
  }
}

extension LawSubject {
  /// Whether the subject has anything by which data may be seen.
  fileprivate var mayGiveSight: Bool {
    access.grants.contains { $0.permissions.giveData } || access.roles.contains(where: \.isAdministrator)
  }

  fileprivate var connectors: Set<ConnectorID> { Set(access.grants.map(\.connector)) }
}

extension AccessSource {
  /// An account with what laws look at.
  func lawSubject(_ account: Account, _ loading: LawLoading) throws -> LawSubject {
    var access = SubjectAccess(
      subject: .account(account.id), kind: account.kind, isEnabled: account.isEnabled, roles: [], grants: [])
    if loading.needsAccess {
      access = try self.access(of: account, on: nil)
      access.grants = try access.subjects.flatMap { try lawGrants(of: $0) }
    }
    let tokens = loading.needsTokens ? try reader.tokens(of: account.id) : []
    tokens.forEach(enter)
    enter(account)
    return LawSubject(
      account, access: access, ownership: try Ownership(account.particulars.owner, in: reader), tokens: tokens
    )
  }

  /// An account and a law as they were before a change; nil where one of them did not exist.
  fileprivate func past(
    of law: Law<AsWritten>, by id: AccountID, later: AccessSource
  ) throws -> (subject: LawSubject, found: LawChecker.FoundLaw)? {
    // A law follows what is renamed, so that before it may have had other names.
    guard let account = try reader.account(id), let written = try reader.law(named: NameKey(law.name)) else {
      return nil
    }
    let found = try LawFinder(self, later: later).find(written)
    return (
      try lawSubject(account, LawLoading(written)),
      LawChecker.FoundLaw(law: found, teamGrants: try teamGrants(of: found))
    )
  }

  /// What a law needs of the catalogue: the connectors that the law names, or on which the subject or the law's team has
  /// something.
  func ground(_ law: LawChecker.FoundLaw, _ connectors: Set<ConnectorID>) throws -> LawGround {
    let parts =
      switch law.law.form {
      case .never(_, let what): try parts([what.connector.id].compactMap { $0 })
      case .apart(_, let what, let other):
        try parts([what.connector.id, other.connector.id].compactMap { $0 })
      case .within: try parts(connectors.union(law.teamGrants.map(\.connector)))
      case .tokens, .owned: [ConnectorID: LawGround.Part]()
      }
    return LawGround(parts: parts, teamGrants: law.teamGrants)
  }

  func parts(_ ids: some Sequence<ConnectorID>) throws -> [ConnectorID: LawGround.Part] {
    var parts: [ConnectorID: LawGround.Part] = [:]
    for id in ids {
      guard let loaded = try connector(id) else { continue }
      parts[id] = LawGround.Part(whole: loaded.whole, items: loaded.items)
    }
    return parts
  }

  /// The own grants of the team that a law `within` names; none where there is no such team.
  func teamGrants(of law: Law<AsFound>) throws -> [Grant] {
    guard case .within(_, let team) = law.form, let id = team.id else { return [] }
    return try lawGrants(of: .team(id))
  }
}
