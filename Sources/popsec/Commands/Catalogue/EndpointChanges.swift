import Access
import Administration
import ArgumentParser
import Store

/// What a command says about an endpoint. What is not said stays, or has its default.
struct EndpointOptions: PlaceOptions {
  @Option(
    help: ArgumentHelp("The address, as in https://api.example.com/orders/{id}.", valueName: "address"))
  var url: String?

  @Option(
    help: ArgumentHelp("The connector of its list.", valueName: "name"), completion: .names(.connectors))
  var connector: String?

  @Option(help: ArgumentHelp("The list that it is over.", valueName: "name"), completion: .names(.lists))
  var list: String?

  @Option(
    help: ArgumentHelp("An HTTP method that it takes; may be given again.", valueName: "method"),
    completion: .names(.methods))
  var method: [String] = []

  @Option(help: "exact for its path alone, prefix for all below it, too.")
  var match: AddressMatch?

  var isEmpty: Bool { url == nil && connector == nil && list == nil && method.isEmpty && match == nil }

  var hasList: Bool { list != nil }

  func place(_ name: Name, isEnabled: Bool, _ finder: Finder) throws -> Endpoint {
    let connector = try finder.connector(connector ?? "").id
    let plain = Endpoint(
      id: .random(), name: name, address: try AddressArgument.address(url ?? "", AddressTemplate.init),
      connector: connector, list: try finder.parts(of: connector).list(list ?? ""), isEnabled: isEnabled)
    return try changed(plain, finder)
  }

  func changed(_ endpoint: Endpoint, _ finder: Finder) throws -> Endpoint {
    var becomes = endpoint
    if let url { becomes.address = try AddressArgument.address(url, AddressTemplate.init) }
    if let connector { becomes.connector = try finder.connector(connector).id }
    if let list { becomes.list = try finder.parts(of: becomes.connector).list(list) }
    if !method.isEmpty { becomes.methods = Set(try method.map(AddressArgument.method)) }
    if let match { becomes.match = match }
    return becomes
  }
}

enum OfEndpoints: PlaceChoice {
  typealias Options = EndpointOptions
  static let noun = "endpoint"
  static let completion = CompletionKind.names(.endpoints)
  static let withArticle = "an endpoint"
  static let defaults =
    "An endpoint takes GET, and all paths below its own, where nothing else is said."
  static let additions = [
    "Leads --connector CRM --list Leads \\\n      --url https://api.example.com/leads",
    """
    Lead --connector CRM --list Leads --method PATCH \\
          --url 'https://api.example.com/leads/{id}' --match exact
    """,
  ]
  static let settings = ["Leads --name 'Leads of Mexico'", "Leads --method GET --method POST --dry-run"]

  static func find(_ name: String, _ finder: Finder) throws -> Endpoint { try finder.endpoint(name) }
}

extension AddressMatch: ExpressibleByArgument {}
