import Access

struct TeamEntry: Sendable {
  let named: Named
  let summary: Summary
  let roles: [HeldEntry]
  let grants: [GrantEntry]
}

/// A system role or a team that somebody has.
struct HeldEntry: Sendable {
  let named: Named
  let bounds: Bounds
}

/// A user or an API user.
struct AccountEntry: Sendable {
  let named: Named
  let isEnabled: Bool
  let unixAccount: Spot<UnixAccountName>?
  /// SSH public keys, one line each.
  let keys: Set<String>
  let teams: [HeldEntry]
  let roles: [HeldEntry]
  let grants: [GrantEntry]
  /// Nil: they are left alone.
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

/// What part of something a grant names.
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
  /// Nil: from when it is made.
  let validFrom: Timestamp?
  /// Nil: of a new token 90 days, of one that is there what it has.
  let expiry: Expiry?
  let isDisabled: Bool
  let widgets: [Named]
  let endpoints: [Named]
  let networks: Set<Network>
  let requestsPerMinute: Int?
}
