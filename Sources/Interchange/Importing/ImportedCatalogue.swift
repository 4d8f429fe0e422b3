import Access

/// The content of a document under its published names, which are neither mapped nor checked yet.
struct ImportedCatalogue: Sendable {
  var connectors: [ImportedConnector<Spot<String>>]
  /// What the document has and the catalogue can't hold, with the reasons.
  var notes: [ImportNote] = []
}

/// A connector of a document: as it was published, or after it was mapped and checked by itself.
struct ImportedConnector<Part: Label>: Sendable {
  var entry: ConnectorEntry<Part>
  /// Whether the document lists companies. Where it does not, the connector's companies stay.
  var namesCompanies = false
  /// Whether the service has companies. The document may still not name them.
  var hasCompanies = false
  /// The endpoints; nil where the document has none to tell, so that the connector's endpoints stay.
  var endpoints: [Part.Endpoint]?
  /// Operations that can't become endpoints, and that no other endpoint may open.
  var leftOut: [LeftOutOperation] = []
}

struct ImportedEndpoint: Sendable {
  let name: Spot<String>
  let address: AddressTemplate
  let method: HTTPMethod
  /// The published name of the endpoint's list.
  let list: String
}

/// An operation of the service that is no endpoint. Requests for it must be denied.
struct LeftOutOperation: Sendable {
  /// The operation's method and path, as in `GET /orders/{id}`, or the endpoint's published name.
  let title: String
  let address: AddressTemplate
  let method: HTTPMethod
  /// Whether the address matches more than the operation. Then its place in the order of addresses is not
  /// known.
  var isWider = false
}
