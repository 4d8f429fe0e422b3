import Access
import Administration
import Store

/// What a file can say about a team.
struct TeamContent: Equatable {
  var general: TeamGeneral
  var roles = BoundedSet<SystemRole>()
  var grants: [ConnectorID: Permissions] = [:]
  /// The connectors on which grants name parts that left the catalogue. A file's content has none.
  var dangling: Set<ConnectorID> = []
}

/// What a file can say about a user or an API user.
struct AccountContent: Equatable {
  var general: AccountGeneral
  var keys: Set<String> = []
  var teams = BoundedSet<TeamID>()
  var roles = BoundedSet<SystemRole>()
  var grants: [ConnectorID: Permissions] = [:]
  /// The connectors on which grants name parts that left the catalogue. A file's content has none.
  var dangling: Set<ConnectorID> = []
  /// The tokens that are not revoked; nil where tokens don't matter.
  var tokens: [NameKey: TokenContent]?
}

/// Of the connectors on which grants name parts that left the catalogue, those whose grants the file changes.
/// Such a grant loses these parts, because the file says all that the grant is to have. Other grants keep
/// them, so that a file that equals the store changes nothing.
func dangling(
  _ dangling: Set<ConnectorID>, _ before: [ConnectorID: Permissions], _ after: [ConnectorID: Permissions]
) -> Set<ConnectorID> {
  dangling.filter { before[$0] ?? .none != after[$0] ?? .none }
}

/// What a file can say about a token.
struct TokenContent: Equatable {
  /// The fields of the token. Its limits have only places that are in the catalogue.
  var terms: TokenTerms
  /// Whether the file has no expiry. Then a new token gets 90 days, and an existing one keeps its expiry.
  var usesDefaultExpiry = false
  /// The widgets and endpoints of the token's limits that have left the catalogue. A file can't name them.
  var hidden = HiddenLimits()
  /// An owner who is deleted. A file can't name them.
  var goneOwner: Owner?
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
  /// The content of an account. Its tokens are read only where `known`, the catalogue that tells which limits
  /// are hidden, is given.
  init(_ account: Account, tokensBy known: NameBook?, _ reader: any SecurityReader) throws {
    let subject = SubjectID.account(account.id)
    self.init(
      general: try AccountGeneral(account).withoutGoneOwner(reader),
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
  /// The content of a token. `known` is the catalogue; a place that it lacks has left it.
  init(_ token: Token, _ known: NameBook) {
    let (widgets, endpoints) = (token.limits.widgets, token.limits.endpoints)
    var terms = token.terms
    terms.limits.widgets.formIntersection(known.widgets.keys)
    terms.limits.endpoints.formIntersection(known.endpoints.keys)
    var goneOwner: Owner?
    if case .user(let id) = terms.particulars.owner, known.accounts[id] == nil {
      swap(&goneOwner, &terms.particulars.owner)
    }
    self.init(
      terms: terms,
      hidden: HiddenLimits(
        widgets: widgets.subtracting(terms.limits.widgets),
        endpoints: endpoints.subtracting(terms.limits.endpoints)),
      goneOwner: goneOwner)
  }

  /// Whether all places of the token's limits have left the catalogue.
  var opensNothing: Bool { !hidden.isEmpty && !terms.limits.isLimitedToPlaces }

  /// The content that the file asks for, completed with what a file can't say about an existing token. Hidden
  /// limits stay unless the file names other limits, so that no limited token comes to open everything. A
  /// token that opens nothing is exported as disabled, and applying this does not disable it.
  func keeping(_ present: TokenContent) -> TokenContent {
    var result = self
    if usesDefaultExpiry { result.terms.expiry = present.terms.expiry }
    if !terms.limits.isLimitedToPlaces || terms.limits.hasSamePlaces(as: present.terms.limits) {
      result.hidden = present.hidden
    }
    if terms.particulars.owner == nil { result.goneOwner = present.goneOwner }
    if result.opensNothing, present.opensNothing, terms.isDisabled {
      result.terms.isDisabled = present.terms.isDisabled
    }
    return result
  }

  /// The terms with the hidden limits, and with an owner who is deleted.
  var allTerms: TokenTerms {
    var all = terms
    all.limits.widgets.formUnion(hidden.widgets)
    all.limits.endpoints.formUnion(hidden.endpoints)
    if all.particulars.owner == nil { all.particulars.owner = goneOwner }
    return all
  }
}

extension AccountGeneral {
  /// What a file can say of it: not an owner who is deleted.
  func withoutGoneOwner(_ reader: any SecurityReader) throws -> AccountGeneral {
    guard case .user(let id) = particulars.owner, try reader.account(id) == nil else { return self }
    var general = self
    general.particulars.owner = nil
    return general
  }

  /// What a file says, completed by an owner who is deleted, whom it can't name.
  func keepingGoneOwner(of present: AccountGeneral, said: AccountGeneral) -> AccountGeneral {
    guard particulars.owner == nil, said.particulars.owner == nil else { return self }
    var general = self
    general.particulars.owner = present.particulars.owner
    return general
  }
}

extension TokenLimits {
  fileprivate var isLimitedToPlaces: Bool { !widgets.isEmpty || !endpoints.isEmpty }

  fileprivate func hasSamePlaces(as other: TokenLimits) -> Bool {
    widgets == other.widgets && endpoints == other.endpoints
  }
}

extension SecurityReader {
  /// The permissions of a subject by connector. A grant that gives nothing is left out.
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
