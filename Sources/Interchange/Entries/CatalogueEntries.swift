import Access
import Store

/// A name in a file, and where it stands.
struct Named: Sendable {
  let name: Name
  /// What it is compared by.
  let key: NameKey
  let position: FilePosition
}

/// Something that a file says at a place.
struct Spot<Value: Sendable>: Sendable {
  let value: Value
  let position: FilePosition
}

struct ConnectorEntry: Sendable {
  let named: Named
  let companies: [Named]
  let lists: [ListEntry]
}

struct ListEntry: Sendable {
  let named: Named
  let group: Name?
  let items: [ItemKind: [Named]]
}

struct WidgetEntry: Sendable {
  let named: Named
  let address: Spot<Address>
  let connector: Named
  let lists: [Named]
  let isEnabled: Bool
  let isOpen: Bool
  let parameters: [WidgetParameter: String]
}

struct EndpointEntry: Sendable {
  let named: Named
  let address: Spot<AddressTemplate>
  let match: AddressMatch
  let methods: Set<HTTPMethod>
  let connector: Named
  let list: Named
  let isEnabled: Bool
}

struct RoleEntry: Sendable {
  let named: Named
  let summary: Summary
  let permissions: Set<Permission>
}
