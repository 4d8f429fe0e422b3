import Access
import Store

/// A name in a file, with its place.
struct Named: Sendable {
  let name: Name
  /// The key by which names are compared.
  let key: NameKey
  let position: FilePosition
}

/// A value in a file, with its place.
package struct Spot<Value: Sendable>: Sendable {
  package let value: Value
  package let position: FilePosition
}

/// The type of the names in a document: texts as they were published and not yet checked, or checked names.
protocol Label: Sendable {
  associatedtype Text: Sendable
  associatedtype Endpoint: Sendable
}

extension Spot<String>: Label {
  typealias Text = String
  typealias Endpoint = ImportedEndpoint
}

extension Named: Label {
  typealias Text = Name
  typealias Endpoint = EndpointEntry
}

struct ConnectorEntry<Part: Label>: Sendable {
  let named: Named
  var companies: [Part] = []
  var lists: [ListEntry<Part>] = []
}

struct ListEntry<Part: Label>: Sendable {
  let named: Part
  var group: Part.Text?
  var items: [ItemKind: [Part]] = [:]
}

extension [ListEntry<Named>] {
  var byKey: [NameKey: ListEntry<Named>] { Dictionary(map { ($0.named.key, $0) }) { first, _ in first } }
}

extension [Named] {
  var byKey: [NameKey: Name] { Dictionary(map { ($0.key, $0.name) }) { first, _ in first } }
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
