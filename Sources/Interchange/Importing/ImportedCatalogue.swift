import Access

/// What a document says of a catalogue, under the names that it was published with: not yet mapped, nor
/// checked to be names.
struct ImportedCatalogue: Sendable {
  var connectors: [ImportedConnector<Spot<String>>]
  /// What the document has and the catalogue can't, with the reason.
  var notes: [ImportNote] = []
}

/// A connector of a document, as it was published or as it was mapped and checked by itself.
struct ImportedConnector<Part: Label>: Sendable {
  var entry: ConnectorEntry<Part>
  /// False: the document says nothing of companies, and those that the connector has stay.
  var namesCompanies = false
  /// Whether the service has companies, though the document need not name them.
  var hasCompanies = false
  /// Nil: the document says nothing of endpoints, and those that the connector has stay.
  var endpoints: [Part.Endpoint]?
  /// Operations that can be no endpoints, for no other one to open them.
  var leftOut: [LeftOutOperation] = []
}

struct ImportedEndpoint: Sendable {
  let name: Spot<String>
  let address: AddressTemplate
  let method: HTTPMethod
  /// The list that it is over, by its published name.
  let list: String
}

/// An operation of the service that is no endpoint. Requests that mean it are to be denied.
struct LeftOutOperation: Sendable {
  /// As in `GET /orders/{id}`, or the endpoint's published name.
  let title: String
  let address: AddressTemplate
  let method: HTTPMethod
  /// Whether the address means more than the operation, so that its place in the order is not known.
  var isWider = false
}
