import Access
import Administration
import ArgumentParser

/// The options of one request, for `check` and `explain`.
struct RequestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "An API user: what it could see, or with --token-name, what that token opens.", valueName: "name"),
    completion: .names(.apiUsers))
  var apiUser: String?

  @Option(
    help: ArgumentHelp("A user, in place of an API user.", valueName: "name"), completion: .names(.users))
  var user: String?

  @Option(
    help: ArgumentHelp("A team, to see what it gives its members.", valueName: "name"),
    completion: .names(.teams))
  var team: String?

  @Option(help: ArgumentHelp("A token of that user.", valueName: "name"), completion: .names(.tokensOfNamed))
  var tokenName: String?

  @Option(help: ArgumentHelp("The widget of the request.", valueName: "name"), completion: .names(.widgets))
  var widget: String?

  @Option(
    help: ArgumentHelp("The endpoint of the request.", valueName: "name"), completion: .names(.endpoints))
  var endpoint: String?

  @Option(
    help: ArgumentHelp("The endpoint's HTTP method; the default is GET.", valueName: "method"),
    completion: .names(.methods))
  var method: String?

  @Flag(help: "The request is to the API; needs --connector and --list.")
  var api = false

  @Option(
    help: ArgumentHelp("The connector of a request to the API.", valueName: "name"),
    completion: .names(.connectors))
  var connector: String?

  @Option(
    help: ArgumentHelp("The company; without it any company counts.", valueName: "name"),
    completion: .names(.companies))
  var company: String?

  @Option(
    help: ArgumentHelp("The list; without it any list of a widget counts.", valueName: "name"),
    completion: .names(.lists))
  var list: String?

  @Option(
    help: ArgumentHelp("An action of the list.", valueName: "name"), completion: .names(.items(.action)))
  var action: String?

  @Option(help: ArgumentHelp("A detail of the list.", valueName: "name"), completion: .names(.items(.detail)))
  var detail: String?

  @Option(
    help: ArgumentHelp("A list action of the list.", valueName: "name"),
    completion: .names(.items(.listAction)))
  var listAction: String?

  @Option(
    help: ArgumentHelp("Decide as of this time, as in 2027-02-21T00:00:00Z or +14d.", valueName: "time"),
    completion: .names(.times))
  var at: String?

  @Option(
    help: ArgumentHelp("The address from which the request comes.", valueName: "address"),
    completion: .names(.sources))
  var source: String?

  /// Refuses an incomplete request. This is not done in `validate()`, because in a batch the options have no
  /// request.
  func requireOne() throws {
    guard [apiUser, user, team].compactMap({ $0 }).count <= 1 else {
      throw ValidationError("give only one of --api-user, --user and --team")
    }
    guard tokenName == nil || apiUser != nil || user != nil else {
      throw ValidationError("--token-name needs --api-user or --user")
    }
    guard [widget != nil, endpoint != nil, api || connector != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("give one of --widget, --endpoint, or --api with --connector")
    }
    guard method == nil || endpoint != nil else { throw ValidationError("--method needs --endpoint") }
    if api || connector != nil, connector == nil || list == nil {
      throw ValidationError("--api needs --connector and --list")
    }
    guard [action, detail, listAction].compactMap({ $0 }).count <= 1 else {
      throw ValidationError("give only one of --action, --detail and --list-action")
    }
  }

  /// Whether the options ask for nothing.
  var isEmpty: Bool {
    let texts = [
      apiUser, user, team, tokenName, widget, endpoint, method, connector, company, list, action, detail,
      listAction, at, source,
    ]
    return !api && texts.allSatisfy { $0 == nil }
  }

  /// The request. Where nobody is named, the Token ID is read from standard input.
  func request(_ session: Session) throws -> CheckRequest {
    let at = try at.map {
      try InstantArgument.instant($0, now: session.administration.now, dropsFraction: true)
    }
    let (source, surface) = (try address(), try surface())
    return CheckRequest(
      asker: try asker(session), surface: surface, company: company.map { Reference(text: $0) },
      list: list.map { Reference(text: $0) }, item: item, at: at, source: source)
  }

  private func asker(_ session: Session) throws -> CheckRequest.Asker {
    if let team { return .team(.id(try session.find { try $0.team(team).id })) }
    for (kind, name) in [(AccountKind.apiUser, apiUser), (.user, user)] {
      guard let name else { continue }
      // The account is found here, so that an error can suggest the nearest name.
      let account = AccountReference(kind, .id(try session.find { try $0.account(kind, name).id }))
      return tokenName.map { .token(Reference(text: $0), of: account) } ?? .account(account)
    }
    let pasted = try StandardInput.secret("Token ID, or an address with it (not shown): ")
    return CheckRequest.Asker(pasted: pasted)
  }

  private func surface() throws(Trouble) -> CheckRequest.Surface {
    if let widget { return .widget(Reference(text: widget)) }
    guard let endpoint else { return .api(Reference(text: connector ?? "")) }
    let method = try method.map { text throws(Trouble) in try AddressArgument.method(text) } ?? .get
    return .endpoint(Reference(text: endpoint), method)
  }

  private var item: CheckRequest.ItemReference? {
    let asked: [(ItemKind, String?)] = [(.action, action), (.detail, detail), (.listAction, listAction)]
    return asked.compactMap { kind, name in
      name.map { CheckRequest.ItemReference(kind, Reference(text: $0)) }
    }.first
  }

  private func address() throws(Trouble) -> IPAddress? {
    guard let source else { return nil }
    guard let address = IPAddress(source) else {
      throw Trouble(
        "\(quotedExcerpt(source)) is no IP address", hint: "write it as in 10.1.2.3 or 2001:db8::1",
        exitStatus: .badData)
    }
    return address
  }
}
