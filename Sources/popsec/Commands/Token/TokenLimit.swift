import Access
import Administration
import ArgumentParser
import Store

struct TokenLimit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limit", abstract: "Limit where and how often a token may be used.",
    discussion: """
      Each kind that is named is set to what is named; the others stay. With widgets or endpoints it opens \
      these and nothing else. What is no limit any more is taken back with --any-place, --any-network and \
      --any-rate.

      Examples:
        popsec token limit 'Portal Mexico' portal --widget 'Sales MX' --network 10.0.0.0/8
        popsec token limit 'Portal Mexico' portal --any-network --rate 600
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress
  @OptionGroup var options: ChangeOptions

  @Option(
    help: ArgumentHelp("A widget that the token opens; may be repeated.", valueName: "name"),
    completion: .names(.widgets))
  var widget: [String] = []

  @Option(
    help: ArgumentHelp("An endpoint that the token opens; may be repeated.", valueName: "name"),
    completion: .names(.endpoints))
  var endpoint: [String] = []

  @Flag(help: "The token opens whatever its user may see.")
  var anyPlace = false

  @Option(
    help: ArgumentHelp("A network that may use the token, as in 10.0.0.0/8.", valueName: "network"),
    completion: .names(.networks))
  var network: [String] = []

  @Flag(help: "The token may be used from any network.")
  var anyNetwork = false

  @Option(help: ArgumentHelp("The requests allowed in a minute, 1 to 1000000.", valueName: "number"))
  var rate: Int?

  @Flag(help: "The token may be used any number of times.")
  var anyRate = false

  func validate() throws {
    guard !anyPlace || (widget.isEmpty && endpoint.isEmpty), !anyNetwork || network.isEmpty,
      !anyRate || rate == nil
    else { throw ValidationError("a limit can't be set and taken back at once") }
    guard anyPlace || anyNetwork || anyRate || rate != nil || !(widget + endpoint + network).isEmpty else {
      throw ValidationError("name what to limit")
    }
    guard rate.map(TokenLimits.requestsPerMinuteRange.contains) ?? true else {
      throw ValidationError("--rate takes 1 to 1000000")
    }
  }

  func run() throws {
    let networks = try network.map { text in
      guard let network = Network(text) else {
        throw Trouble(
          "\(quotedExcerpt(text)) is no network", hint: "write it as 10.0.0.0/8 or 2001:db8::/32",
          exitStatus: .badData)
      }
      return network
    }
    try global.run { session in
      try session.changeToken("limited", options, find: address.find) { change, id in
        guard var limits = try change.reader.token(id)?.limits else { return }
        if anyPlace { (limits.widgets, limits.endpoints) = ([], []) }
        if !(widget + endpoint).isEmpty {
          limits.widgets = Set(try widget.map { try change.finder.widget($0).id })
          limits.endpoints = Set(try endpoint.map { try change.finder.endpoint($0).id })
        }
        if anyNetwork || !networks.isEmpty { limits.networks = Set(networks) }
        if anyRate || rate != nil { limits.requestsPerMinute = rate }
        try change.setLimits(limits, of: id)
      }
    }
  }
}

extension Finder {
  func widget(_ argument: String) throws -> Widget {
    let name = try Name(argument: argument)
    if let widget = try reader.widgets().first(where: { NameKey($0.name) == NameKey(name) }) { return widget }
    throw missing("widget", name, among: try reader.widgets().map(\.name))
  }

  func endpoint(_ argument: String) throws -> Endpoint {
    let name = try Name(argument: argument)
    if let found = try reader.endpoints().first(where: { NameKey($0.name) == NameKey(name) }) { return found }
    throw missing("endpoint", name, among: try reader.endpoints().map(\.name))
  }
}
