import Access
import Administration
import Store

/// What a file can say of a team.
struct TeamContent: Equatable {
  var general: TeamGeneral
  var roles: Set<SystemRole> = []
  var grants: [ConnectorID: Permissions] = [:]
}

/// What a file can say of a user or an API user.
struct AccountContent: Equatable {
  var general: AccountGeneral
  var keys: Set<String> = []
  var teams: Set<TeamID> = []
  var roles: Set<SystemRole> = []
  var grants: [ConnectorID: Permissions] = [:]
  /// Those not revoked; nil: they don't matter.
  var tokens: [NameKey: TokenContent]?
}

/// What a file can say of a token.
struct TokenContent: Equatable {
  var name: Name
  /// Nil: 90 days for a new one, unchanged otherwise.
  var expiry: Expiry?
  var isDisabled: Bool
  var limits: TokenLimits
}

extension TeamContent {
  init(_ team: Team, _ reader: any StoreReader) throws {
    self.init(
      general: TeamGeneral(team), roles: try reader.roles(of: .team(team.id)),
      grants: try reader.permissions(of: .team(team.id)))
  }
}

extension AccountContent {
  /// The tokens are read where titles, by which their limits are known, are given.
  init(_ account: Account, tokensBy titles: Titles?, _ reader: any StoreReader) throws {
    let subject = SubjectID.account(account.id)
    self.init(
      general: AccountGeneral(account),
      keys: account.kind == .user ? Set(try reader.publicKeys(of: account.id)) : [],
      teams: Set(try reader.teams(of: account.id).map(\.id)), roles: try reader.roles(of: subject),
      grants: try reader.permissions(of: subject))
    guard let titles else { return }
    tokens = [:]
    for token in try reader.tokens(of: account.id) where token.revokedAt == nil {
      tokens?[NameKey(token.name)] = TokenContent(token, titles)
    }
  }
}

extension TokenContent {
  /// Limits to what left the catalogue can't be said. A token that has no others opens nothing; to say
  /// that it has no limits would open everything, so it is said to be disabled.
  init(_ token: Token, _ titles: Titles) {
    var limits = token.limits
    limits.widgets.formIntersection(titles.widgets.keys)
    limits.endpoints.formIntersection(titles.endpoints.keys)
    let opensNothing = token.limits.isLimitedToPlaces && !limits.isLimitedToPlaces
    self.init(
      name: token.name, expiry: token.expiry, isDisabled: token.isDisabled || opensNothing, limits: limits)
  }
}

extension TokenLimits {
  fileprivate var isLimitedToPlaces: Bool { !widgets.isEmpty || !endpoints.isEmpty }
}

extension GrantReading {
  /// What a subject was given, by connector; a grant of nothing is none.
  func permissions(of subject: SubjectID) throws -> [ConnectorID: Permissions] {
    var result: [ConnectorID: Permissions] = [:]
    for grant in try grants(of: subject) where !grant.permissions.isEmpty {
      result[grant.connector] = grant.permissions
    }
    return result
  }
}
