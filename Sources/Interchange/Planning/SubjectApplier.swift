import Access
import Administration
import Store

/// Makes teams and accounts equal to a file's. Everything that they refer to must exist already.
final class SubjectApplier {
  private let change: Change
  private let fileName: String
  private let resolver: Resolver
  private let problems = Problems()
  private let known: NameBook
  private var catalogues: [ConnectorID: GrantCatalogue] = [:]

  init(_ file: SecurityFile, _ change: Change, _ present: PresentState, _ cameBack: CameBack) {
    self.change = change
    known = cameBack.taken(from: NameBook(present))
    fileName = file.name
    resolver = Resolver(directory: Directory(file, present), present: present, problems: problems)
  }

  /// Throws the problems of resolving names. There should be none, because the file was planned before; but
  /// an unknown name must not pass.
  func throwProblems() throws(SecurityFileErrors) {
    guard problems.list.isEmpty else {
      throw SecurityFileErrors(fileName: fileName, problems: problems.list)
    }
  }

  /// Applies an entry to a team, and returns whether anything changed.
  func apply(_ entry: TeamEntry, to team: Team) throws -> Bool {
    var after = resolver.team(entry)
    let before = try TeamContent(team, change.reader)
    after.dangling = before.dangling
    guard before != after else { return false }
    if before.general != after.general {
      try change.saveGeneral(team.id, Edit(was: before.general, becomes: after.general))
    }
    try applyRoles(before.roles, after.roles, to: .team(team.id))
    try forEachGrant(before.grants, after.grants) { try change.setGrant(of: .team(team.id), in: $0, $1) }
    try drop(dangling(before.dangling, before.grants, after.grants), of: .team(team.id))
    return true
  }

  func addAPIUser(_ entry: AccountEntry) throws {
    let after = resolver.account(entry)
    let account = try change.addAccount(
      .apiUser, name: after.general.name, isEnabled: after.general.isEnabled,
      particulars: after.general.particulars)
    try apply(AccountContent(general: after.general), after, to: account, tokens: [])
  }

  /// Adds a user without all that the user has, which ``apply(_:to:)`` gives once all users are there: they may own
  /// one another's tokens.
  func addBareUser(_ entry: AccountEntry) throws -> AccountID {
    try change.addAccount(
      .user, name: entry.named.name, isEnabled: entry.isEnabled, unixAccount: entry.unixAccount?.value
    ).id
  }

  func apply(_ entry: AccountEntry, to id: AccountID) throws {
    guard var account = try change.reader.account(id) else { return }
    let after = resolver.account(entry)
    let before = try AccountContent(account, tokensBy: nil, change.reader)
    if before.general != after.general {
      let was = AccountGeneral(account)
      let becomes = after.general.keepingGoneOwner(of: was, said: before.general)
      try change.saveGeneral(id, Edit(was: was, becomes: becomes))
      account = try change.reader.account(id) ?? account
    }
    try apply(before, after, to: account, tokens: after.tokens == nil ? [] : try change.reader.tokens(of: id))
  }

  /// - Parameters:
  /// - account: the account as it is now.
  /// - tokens: the tokens that the account has.
  private func apply(
    _ before: AccountContent, _ after: AccountContent, to account: Account, tokens: [Token]
  ) throws {
    let id = account.id
    if before.keys != after.keys { try change.setPublicKeys(after.keys.sorted(), of: id) }
    if before.teams != after.teams {
      try change.saveTeams(of: account, bounded: Edit(was: before.teams, becomes: after.teams))
    }
    try applyRoles(before.roles, after.roles, to: .account(id))
    try forEachGrant(before.grants, after.grants) { try change.setGrant(of: account, in: $0, $1) }
    try drop(dangling(before.dangling, before.grants, after.grants), of: .account(id))
    if let wanted = after.tokens { try apply(wanted, over: tokens, to: account) }
  }

  private func applyRoles(
    _ before: BoundedSet<SystemRole>, _ roles: BoundedSet<SystemRole>, to subject: SubjectID
  ) throws {
    guard before != roles else { return }
    try change.saveRoles(of: subject, bounded: Edit(was: before, becomes: roles))
  }

  /// Calls the body with each grant that is to become another one.
  private func forEachGrant(
    _ before: [ConnectorID: Permissions], _ grants: [ConnectorID: Permissions],
    _ body: (GrantCatalogue, Permissions) throws -> Void
  ) throws {
    for connector in Set(before.keys).union(grants.keys).sorted() {
      let wanted = grants[connector] ?? .none
      guard before[connector] ?? .none != wanted else { continue }
      try body(try catalogue(connector), wanted)
    }
  }

  private func drop(_ dangling: Set<ConnectorID>, of subject: SubjectID) throws {
    for connector in dangling.sorted() { try change.dropDangling(of: subject, on: connector) }
  }

  private func catalogue(_ connector: ConnectorID) throws -> GrantCatalogue {
    if let known = catalogues[connector] { return known }
    let catalogue = try change.grantCatalogue(of: connector)
    catalogues[connector] = catalogue
    return catalogue
  }

  private func apply(
    _ wanted: [NameKey: TokenContent], over tokens: [Token], to account: Account
  ) throws {
    var present: [NameKey: Token] = [:]
    for token in tokens where token.revokedAt == nil { present[NameKey(token.name)] = token }
    for (key, token) in present.sorted(by: { $0.key < $1.key }) where wanted[key] == nil {
      try change.revoke(token.id)
    }
    for (key, content) in wanted.sorted(by: { $0.key < $1.key }) {
      if let token = present[key] {
        try apply(content, to: token)
      } else {
        try change.addToken(to: account, content.terms, usesDefaultExpiry: content.usesDefaultExpiry)
      }
    }
  }

  /// Applies an entry to a token. The use cases change and audit nothing where the token is already as
  /// wanted.
  private func apply(_ file: TokenContent, to token: Token) throws {
    let terms = file.keeping(TokenContent(token, known)).allTerms
    try change.rename(token.id, to: terms.name)
    try change.setValidity(from: terms.validFrom, terms.expiry, of: token.id)
    try change.setDisabled(terms.isDisabled, token.id)
    try change.setLimits(terms.limits, of: token.id)
    try change.setParticulars(terms.particulars, of: token.id)
  }
}
