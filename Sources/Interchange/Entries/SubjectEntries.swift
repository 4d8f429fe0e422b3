import Access

struct TeamEntry: Sendable {
  let named: Named
  let summary: Summary
  let roles: [HeldEntry]
  let grants: [GrantEntry]
}

/// A system role or a team that somebody has, with its bounds.
struct HeldEntry: Sendable {
  let named: Named
  let bounds: Bounds
}

/// A user or an API user.
struct AccountEntry: Sendable {
  let named: Named
  let isEnabled: Bool
  /// Of an API user; a user has none.
  var particulars = ParticularsEntry()
  let unixAccount: Spot<UnixAccountName>?
  /// The SSH public keys, one line each.
  let keys: Set<String>
  let teams: [HeldEntry]
  let roles: [HeldEntry]
  let grants: [GrantEntry]
  /// The tokens; nil leaves the tokens of the store alone.
  let tokens: [TokenEntry]?
}

struct GrantEntry: Sendable {
  let position: FilePosition
  let connector: Named
  let roles: Set<ConnectorRole>
  let companies: CoverageEntry<Named>
  let lists: CoverageEntry<Named>
  let items: [ItemKind: CoverageEntry<GrantedItem>]
  let bounds: Bounds
}

/// The part of a connector's things that a grant names.
enum CoverageEntry<Element: Sendable>: Sendable {
  case all
  case only([Element])

  var only: [Element]? {
    if case .only(let elements) = self { elements } else { nil }
  }
}

struct GrantedItem: Sendable {
  let list: Named
  let name: Named
}

struct TokenEntry: Sendable {
  let named: Named
  /// The first instant at which the token is valid; nil for the time when the token is made.
  let validFrom: Timestamp?
  /// The expiry. Where it is nil, a new token gets 90 days, and an existing token keeps its expiry.
  let expiry: Expiry?
  let isDisabled: Bool
  let widgets: [Named]
  let endpoints: [Named]
  let networks: Set<Network>
  let requestsPerMinute: Int?
  var particulars = ParticularsEntry()
}
