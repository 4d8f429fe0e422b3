package import Access
internal import Store

/// Finds who breaks laws in one state of the store.
package struct LawChecker {
  private let source: AccessSource
  private let laws: [Checked]
  private let now: Timestamp

  /// A law with what its names mean.
  private struct Checked {
    let written: Law<AsWritten>
    let found: Law<AsFound>
    let teamGrants: [Grant]
  }

  /// A law with one counterexample.
  package struct Broken: Hashable, Sendable {
    package let law: Law<AsWritten>
    package let breach: LawBreach
  }

  /// Errors: ``StoreError``.
  package init(_ laws: [Law<AsWritten>], _ source: AccessSource, at now: Timestamp) throws {
    let finder = LawFinder(source)
    self.laws = try laws.map { law in
      let found = try finder.find(law)
      return Checked(written: law, found: found, teamGrants: try source.teamGrants(of: found))
    }
    (self.source, self.now) = (source, now)
  }

  /// The laws that an account breaks, each with its first counterexample; none where there is no such living account.
  package func breaches(by id: AccountID) throws -> [Broken] {
    guard let account = try source.reader.account(id) else { return [] }
    let meant = laws.filter { $0.found.form.who[account.kind] != nil }
    guard !meant.isEmpty else { return [] }
    let subject = try source.lawSubject(account, needsTokens: meant.contains { $0.found.form.isAboutTokens })
    return try meant.compactMap { law in
      let parts = try source.parts(law.found, subject, law.teamGrants)
      let ground = LawGround(parts: parts, teamGrants: law.teamGrants)
      return firstBreach(of: law.found, by: subject, in: ground, at: now)
        .map { Broken(law: law.written, breach: $0) }
    }
  }

  /// The laws that a widget breaks by asking for no token.
  package func breaches(by widget: Widget) throws -> [Broken] {
    guard widget.isOpen else { return [] }
    return try laws.compactMap { law in
      let ground = LawGround(parts: try source.parts([widget.connector]))
      return firstBreach(of: law.found, by: widget, in: ground, at: now)
        .map { Broken(law: law.written, breach: $0) }
    }
  }

  /// Calls the body with each breach in the store: of open widgets, of API users, of users. The accounts are read by
  /// pages, and those whom no law means are not looked at.
  package func forEachBreach(_ body: (Broken) throws -> Void) throws {
    for widget in try source.loadedPlaces().widgets { try breaches(by: widget).forEach(body) }
    for kind in [AccountKind.apiUser, .user] where laws.contains(where: { $0.found.form.who[kind] != nil }) {
      try source.reader.forEachAccount(AccountQuery(kind: kind), now: now) { row in
        try breaches(by: row.account.id).forEach(body)
        source.forgetPeople()
      }
    }
  }
}

extension LawForm {
  fileprivate var isAboutTokens: Bool { if case .tokens = self { true } else { false } }
}

extension AccessSource {
  /// An account with all that laws look at. The tokens are read only where a law is about them.
  func lawSubject(_ account: Account, needsTokens: Bool) throws -> LawSubject {
    var access = try access(of: account, on: nil)
    access.grants = try access.subjects.flatMap { try reader.grants(of: $0) }
    let tokens = needsTokens ? try reader.tokens(of: account.id) : []
    tokens.forEach(enter)
    return LawSubject(
      account, access: access, ownership: try Ownership(account.particulars.owner, in: reader), tokens: tokens
    )
  }

  /// The connectors that a law names or on which the subject, or the team of the law, has something.
  fileprivate func parts(
    _ law: Law<AsFound>, _ subject: LawSubject, _ teamGrants: [Grant]
  ) throws -> [ConnectorID: LawGround.Part] {
    switch law.form {
    case .never(_, let what): try parts([what.connector.id].compactMap { $0 })
    case .apart(_, let what, let other): try parts([what.connector.id, other.connector.id].compactMap { $0 })
    case .within: try parts(Set((subject.access.grants + teamGrants).map(\.connector)))
    case .tokens, .owned: [:]
    }
  }

  fileprivate func parts(_ ids: some Sequence<ConnectorID>) throws -> [ConnectorID: LawGround.Part] {
    var parts: [ConnectorID: LawGround.Part] = [:]
    for id in ids {
      guard let loaded = try connector(id) else { continue }
      parts[id] = LawGround.Part(whole: loaded.whole, items: loaded.items)
    }
    return parts
  }

  /// The own grants of the team that a law `within` names; none where there is no such team.
  fileprivate func teamGrants(of law: Law<AsFound>) throws -> [Grant] {
    guard case .within(_, let team) = law.form, let id = team.id else { return [] }
    return try reader.grants(of: .team(id))
  }
}
