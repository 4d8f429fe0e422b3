import Access
import Administration
import ArgumentParser
import Store

/// What a command says about an endpoint. What is not said stays, or has its default.
struct EndpointOptions: ParsableArguments {
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

  /// The endpoint with what is said of it.
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

struct EndpointAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an endpoint.",
    discussion: """
      The effect on what tokens open is shown first, and the command asks. \
      An endpoint takes GET, and all paths below its own, where nothing else is said.

      Examples:
        popsec catalogue endpoint add Leads --connector CRM --list Leads \\
          --url https://api.example.com/leads
        popsec catalogue endpoint add Lead --connector CRM --list Leads \\
          --url 'https://api.example.com/leads/{id}' --method PATCH --match exact
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The endpoint's name.")
  var name: String

  @OptionGroup var options: EndpointOptions

  @Flag(help: "Add it disabled.")
  var disabled = false

  @OptionGroup var change: ChangeOptions

  func validate() throws {
    guard options.url != nil, options.connector != nil, options.list != nil else {
      throw ValidationError("an endpoint needs --url, --connector and --list")
    }
  }

  func run() throws {
    let name = try Name(argument: name)
    let address = try AddressArgument.address(options.url ?? "", AddressTemplate.init)
    try global.run { session in
      try session.make(change, asking: "add this endpoint") { change in
        let finder = change.finder
        let connector = try finder.connector(options.connector ?? "").id
        let plain = Endpoint(
          id: .random(), name: name, address: address, connector: connector,
          list: try finder.parts(of: connector).list(options.list ?? ""), isEnabled: !disabled)
        try change.addPlace(try options.changed(plain, finder))
      }
    }
  }
}

struct EndpointSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change an endpoint.",
    discussion: """
      The effect on what tokens open is shown first, and the command asks. \
      Each kind that is named is set to what is named; the others stay.

      Examples:
        popsec catalogue endpoint set Leads --name 'Leads of Mexico'
        popsec catalogue endpoint set Leads --method GET --method POST --dry-run
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The endpoint's name.", completion: .names(.endpoints))
  var name: String

  @Option(name: .customLong("name"), help: ArgumentHelp("Its new name.", valueName: "name"))
  var newName: String?

  @OptionGroup var options: EndpointOptions
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    guard newName != nil || !options.isEmpty else { throw ValidationError("say what to change") }
    guard options.connector == nil || options.list != nil else {
      throw ValidationError("--connector needs --list, because a list belongs to one connector")
    }
  }

  func run() throws {
    let newName = try newName.map { try Name(argument: $0) }
    try global.run { session in
      try session.make(change, asking: "change this endpoint") { change in
        let was = try change.finder.endpoint(name)
        var becomes = try options.changed(was, change.finder)
        if let newName { becomes.name = newName }
        try change.savePlace(becomes, was: was)
      }
    }
  }
}

extension AddressMatch: ExpressibleByArgument {}
