import Access
import Administration
import Store

/// What a file can say of a team.
struct TeamContent: Equatable {
  var general: TeamGeneral
  var roles = BoundedSet<SystemRole>()
  var grants: [ConnectorID: Permissions] = [:]
  /// Connectors on which grants name what left the catalogue; in a file none.
  var dangling: Set<ConnectorID> = []
}

/// What a file can say of a user or an API user.
struct AccountContent: Equatable {
  var general: AccountGeneral
  var keys: Set<String> = []
  var teams = BoundedSet<TeamID>()
  var roles = BoundedSet<SystemRole>()
  var grants: [ConnectorID: Permissions] = [:]
  /// Connectors on which grants name what left the catalogue; in a file none.
  var dangling: Set<ConnectorID> = []
  /// Those not revoked; nil: they don't matter.
  var tokens: [NameKey: TokenContent]?
}

/// The connectors whose grants name what left the catalogue, among those that a file changes: it says
/// what they are, and nothing of them is to come back unsaid. Other grants stay as they are, so that a
/// file which says what is there changes nothing; they come back with what they name.
func dangling(
  _ dangling: Set<ConnectorID>, _ before: [ConnectorID: Permissions], _ after: [ConnectorID: Permissions]
) -> Set<ConnectorID> {
  dangling.filter { before[$0] ?? .none != after[$0] ?? .none }
}

/// What a file can say of a token.
struct TokenContent: Equatable {
  /// Limited to what is in the catalogue.
  var terms: TokenTerms
  /// Whether the expiry is not said: 90 days for a new one, unchanged otherwise.
  var usesDefaultExpiry = false
  /// The widgets and endpoints that it is limited to as well and that left the catalogue. A file
  /// can't say them.
  var hidden = HiddenLimits()
}

struct HiddenLimits: Equatable {
  var widgets: Set<WidgetID> = []
  var endpoints: Set<EndpointID> = []

  var isEmpty: Bool { widgets.isEmpty && endpoints.isEmpty }
}

extension TeamContent {
  init(_ team: Team, _ reader: any SecurityReader) throws {
    self.init(
      general: TeamGeneral(team), roles: try reader.roles(of: .team(team.id)),
      grants: try reader.permissions(of: .team(team.id)),
      dangling: try reader.danglingGrants(of: .team(team.id)))
  }
}

extension AccountContent {
  /// The tokens are read where the catalogue, by which their limits are known, is given.
  init(_ account: Account, tokensBy known: NameBook?, _ reader: any SecurityReader) throws {
    let subject = SubjectID.account(account.id)
    self.init(
      general: AccountGeneral(account),
      keys: account.kind == .user ? Set(try reader.publicKeys(of: account.id)) : [],
      teams: BoundedSet(bounded: try reader.teams(of: account.id).map { Bounded($0.value.id, $0.bounds) }),
      roles: try reader.roles(of: subject),
      grants: try reader.permissions(of: subject), dangling: try reader.danglingGrants(of: subject))
    guard let known else { return }
    tokens = [:]
    for token in try reader.tokens(of: account.id) where token.revokedAt == nil {
      tokens?[NameKey(token.name)] = TokenContent(token, known)
    }
  }
}

extension TokenContent {
  /// `known` is the catalogue: what it lacks has left it.
  init(_ token: Token, _ known: NameBook) {
    let (widgets, endpoints) = (token.limits.widgets, token.limits.endpoints)
    var terms = token.terms
    terms.limits.widgets.formIntersection(known.widgets.keys)
    terms.limits.endpoints.formIntersection(known.endpoints.keys)
    self.init(
      terms: terms,
      hidden: HiddenLimits(
        widgets: widgets.subtracting(terms.limits.widgets),
        endpoints: endpoints.subtracting(terms.limits.endpoints)))
  }

  /// Whether all that it is limited to has left the catalogue.
  var opensNothing: Bool { !hidden.isEmpty && !terms.limits.isLimitedToPlaces }

  /// What a file says, completed by what it can't say of a token that is there. Hidden limits stay,
  /// so that no limited token gets to open everything, unless the file names other limits; and a
  /// token that opens nothing, which a file says to be disabled, is not disabled by that.
  func keeping(_ present: TokenContent) -> TokenContent {
    var result = self
    if usesDefaultExpiry { result.terms.expiry = present.terms.expiry }
    if !terms.limits.isLimitedToPlaces || terms.limits.hasSamePlaces(as: present.terms.limits) {
      result.hidden = present.hidden
    }
    if result.opensNothing, present.opensNothing, terms.isDisabled {
      result.terms.isDisabled = present.terms.isDisabled
    }
    return result
  }

  /// With the hidden limits.
  var allTerms: TokenTerms {
    var all = terms
    all.limits.widgets.formUnion(hidden.widgets)
    all.limits.endpoints.formUnion(hidden.endpoints)
    return all
  }
}

extension TokenLimits {
  fileprivate var isLimitedToPlaces: Bool { !widgets.isEmpty || !endpoints.isEmpty }

  fileprivate func hasSamePlaces(as other: TokenLimits) -> Bool {
    widgets == other.widgets && endpoints == other.endpoints
  }
}

extension SecurityReader {
  /// What a subject was given, by connector; a grant of nothing is none.
  func permissions(of subject: SubjectID) throws -> [ConnectorID: Permissions] {
    var result: [ConnectorID: Permissions] = [:]
    for grant in try grants(of: subject) where !grant.permissions.isEmpty {
      result[grant.connector] = grant.permissions
    }
    return result
  }
}

extension RoleContent {
  init(_ entry: RoleEntry) {
    self.init(name: entry.named.name, summary: entry.summary, permissions: entry.permissions)
  }
}
