import Access

/// The keys of one kind of entry, in the order in which they are exported. Reading, writing and the hints
/// about unknown keys all use this one table.
protocol EntryKey: RawRepresentable, CaseIterable, Hashable where RawValue == String {
  /// The kind of entry that has these keys, as in `a widget`.
  static var owner: String { get }
  /// The keys that an entry must have.
  static var required: Set<Self> { get }
}

extension EntryKey {
  static var required: Set<Self> { [] }
}

enum FileKey: String, EntryKey {
  case popsec, catalogue, roles, teams, apiUsers, users, laws
  static let owner = "a security file"
  static let required: Set<FileKey> = [.popsec]
}

enum CatalogueKey: String, EntryKey {
  case connectors, widgets, endpoints
  static let owner = "the catalogue"
}

enum ConnectorKey: String, EntryKey {
  case name, companies, lists
  static let owner = "a connector"
  static let required: Set<ConnectorKey> = [.name]
}

/// The keys of an entry that has the items of a list, one key for each kind of item.
protocol ItemsEntryKey: EntryKey {
  static var actions: Self { get }
  static var details: Self { get }
  static var listActions: Self { get }
}

extension ItemsEntryKey {
  init(_ kind: ItemKind) {
    switch kind {
    case .action: self = .actions
    case .detail: self = .details
    case .listAction: self = .listActions
    }
  }
}

enum ListKey: String, ItemsEntryKey {
  case name, group, actions, details, listActions
  static let owner = "a list"
  static let required: Set<ListKey> = [.name]
}

enum WidgetKey: String, EntryKey {
  case name, url, connector, lists, enabled, open, parameters
  static let owner = "a widget"
  static let required: Set<WidgetKey> = [.name, .url, .connector]
}

enum EndpointKey: String, EntryKey {
  case name, url, methods, connector, list, enabled, match
  static let owner = "an endpoint"
  static let required: Set<EndpointKey> = [.name, .url, .connector, .list]
}

enum RoleKey: String, EntryKey {
  case name, description, permissions
  static let owner = "a role"
  static let required: Set<RoleKey> = [.name]
}

enum TeamKey: String, EntryKey {
  case name, description, roles, grants
  static let owner = "a team"
  static let required: Set<TeamKey> = [.name]
}

/// The keys that users and API users share.
protocol AccountEntryKey: EntryKey {
  static var name: Self { get }
  static var enabled: Self { get }
  static var teams: Self { get }
  static var roles: Self { get }
  static var grants: Self { get }
  static var tokens: Self { get }
}

enum APIUserKey: String, AccountEntryKey, ParticularsEntryKey {
  case name, enabled
  case ownerOfIt = "owner"
  case note, labels, teams, roles, grants, tokens
  static let owner = "an API user"
  static let required: Set<APIUserKey> = [.name]
}

enum UserKey: String, AccountEntryKey {
  case name, unix, keys, enabled, teams, roles, grants, tokens
  static let owner = "a user"
  static let required: Set<UserKey> = [.name]
}

/// The keys of a system role or a team that somebody has, where it is written as a mapping because it has
/// bounds.
enum HeldKey: String, EntryKey {
  case name, from, until
  static let owner = "a role or a membership"
  static let required: Set<HeldKey> = [.name]
}

enum GrantKey: String, ItemsEntryKey {
  case connector, roles, companies, lists, actions, details, listActions, from, until
  static let owner = "a grant"
  static let required: Set<GrantKey> = [.connector]
}

enum GrantedItemKey: String, EntryKey {
  case list, name
  static let owner = "an item of a grant"
  static let required: Set<GrantedItemKey> = [.list, .name]
}

enum TokenKey: String, ParticularsEntryKey {
  case name, from, expires, disabled, widgets, endpoints, networks, ratePerMinute
  case ownerOfIt = "owner"
  case note, labels
  static let owner = "a token"
  static let required: Set<TokenKey> = [.name]
}
