internal import Access

/// Smallest changes as the commands that make them.
struct AdditionCommands {
  /// What stands in a command for a time that a person has to choose.
  static let instant = "INSTANT"

  private let names: NameBook
  private let access: SubjectAccess?
  private let token: Token?

  init(_ verdict: Verdict) {
    names = verdict.names
    access = verdict.question.access
    token = verdict.question.request.token.known
  }

  /// The words of the commands that make a change. What is added to one grant is one command. Empty where
  /// commands can't make all of the change.
  func commands(for additions: [Addition]) -> [[String]] {
    var commands: [Command] = []
    var parts = Command([])
    for (index, addition) in additions.enumerated() {
      guard let (options, place) = grantPart(addition) else {
        guard let command = command(addition) else { return [] }
        commands.append(command)
        continue
      }
      guard let options else { return [] }
      parts.options += options
      if index + 1 < additions.count, grantPart(additions[index + 1])?.place == place { continue }
      guard var command = grant("add", place) else { return [] }
      command.options += parts.options
      commands.append(command)
      parts = Command([])
    }
    return commands.map(\.allWords)
  }

  private func command(_ addition: Addition) -> Command? {
    switch addition {
    case .enableToken: return token("enable")
    case .extendToken: return token("set-expiry", [("expires", Self.instant)])
    case .bringTokenForward: return token("set-expiry", [("from", Self.instant)])
    case .widget(let id, _): return limit(widgets: [id], endpoints: [])
    case .endpoint(let id, _): return limit(widgets: [], endpoints: [id])
    case .network(let source, _):
      let networks = (token?.limits.networks ?? []).map(\.description).sorted() + [source.description]
      return token("limit", networks.map { ("network", $0) })
    case .enableAccount(let id): return subject(.account(id), "enable")
    case .systemRole(let role, let holder): return subject(holder, "role", [("add", role.rawValue)])
    case .enableWidget(let id):
      return names.widgets[id].map { Command(["catalogue", "widget", "enable"], [$0.text]) }
    case .enableEndpoint(let id):
      return names.endpoints[id].map { Command(["catalogue", "endpoint", "enable"], [$0.text]) }
    case .putInForce(let thing, let standing): return putInForce(thing, standing)
    case .connectorRole, .company, .list, .item: return nil
    }
  }

  // MARK: Grants

  /// The options that add a part to a grant, and the grant; nil for another addition. The options are nil where
  /// a name is not known.
  private func grantPart(_ addition: Addition) -> (options: [(String, String)]?, place: GrantPlace)? {
    func named(_ option: String, _ name: Name?) -> [(String, String)]? { name.map { [(option, $0.text)] } }
    switch addition {
    case .connectorRole(let role, let place): return ([("role", role.rawValue)], place)
    case .company(let id, let place): return (named("company", names.companies[id]), place)
    case .list(let id, let place): return (named("list", names.lists[id]), place)
    case .item(let item, let kind, let place):
      guard let list = names.lists[item.list], let name = names.items[item.item]?.name else {
        return (nil, place)
      }
      let option = kind == .listAction ? "list-action" : kind.rawValue
      return ([(option, "\(list.text): \(name.text)")], place)
    default: return nil
    }
  }

  private func grant(_ verb: String, _ place: GrantPlace) -> Command? {
    guard let connector = names.connectors[place.connector] else { return nil }
    var command = Command(["grant", verb])
    switch place.subject {
    case .team(let id):
      guard let team = names.teams[id] else { return nil }
      command.options.append(("team", team.text))
    case .account(let id):
      guard let account = names.accounts[id] else { return nil }
      command.options.append((account.kind == .user ? "user" : "api-user", account.name.text))
    }
    command.options.append(("connector", connector.text))
    return command
  }

  // MARK: Times

  private func putInForce(_ thing: BoundedThing, _ standing: Standing) -> Command? {
    switch thing {
    case .membership(let team, let account):
      guard let name = names.teams[team] else { return nil }
      let bounds = access?.membership(of: .team(team))
      return subject(.account(account), "team", [("add", name.text)] + times(standing, bounds))
    case .role(let role, let holder):
      let bounds = access?.roles.first { $0.role == role && $0.holder == holder }?.bounds
      if case .custom(let id) = role, names.roles[id] == nil { return nil }
      return subject(holder, "role", [("add", names.name(role))] + times(standing, bounds))
    case .grant(let place):
      var command = grant("set-bounds", place)
      // This command keeps the end that isn't named.
      command?.options += times(standing, nil)
      return command
    }
  }

  /// A new end for what has ended. What has not begun gets a new beginning, and keeps its end.
  private func times(_ standing: Standing, _ bounds: Bounds?) -> [(String, String)] {
    guard case .begins = standing else { return [("until", Self.instant)] }
    return [("from", Self.instant)] + (bounds?.until.map { [("until", $0.description)] } ?? [])
  }

  // MARK: Subjects and tokens

  private func subject(_ id: SubjectID, _ verb: String, _ options: [(String, String)] = []) -> Command? {
    switch id {
    case .team(let id): names.teams[id].map { Command(["team", verb], [$0.text], options) }
    case .account(let id):
      names.accounts[id].map {
        Command([$0.kind == .user ? "user" : "api-user", verb], [$0.name.text], options)
      }
    }
  }

  private func token(_ verb: String, _ options: [(String, String)] = []) -> Command? {
    guard let token, let owner = names.accounts[token.account] else { return nil }
    var command = Command(["token", verb], [owner.name.text, token.name.text], options)
    command.flags = owner.kind == .user ? ["--user"] : []
    return command
  }

  /// The command sets all places of the token, so that those it has must be named, too.
  private func limit(widgets: Set<WidgetID>, endpoints: Set<EndpointID>) -> Command? {
    guard let limits = token?.limits else { return nil }
    let allWidgets = limits.widgets.union(widgets).map { names.widgets[$0]?.text }
    let allEndpoints = limits.endpoints.union(endpoints).map { names.endpoints[$0]?.text }
    let (widgetNames, endpointNames) = (allWidgets.compactMap { $0 }, allEndpoints.compactMap { $0 })
    // What has left the catalogue has no name, and could not be named.
    guard widgetNames.count == allWidgets.count, endpointNames.count == allEndpoints.count else { return nil }
    return token(
      "limit", widgetNames.sorted().map { ("widget", $0) } + endpointNames.sorted().map { ("endpoint", $0) })
  }
}

/// A command of popsec.
private struct Command {
  let words: [String]
  let arguments: [String]
  var options: [(String, String)]
  var flags: [String] = []

  init(_ words: [String], _ arguments: [String] = [], _ options: [(String, String)] = []) {
    (self.words, self.arguments, self.options) = (words, arguments, options)
  }

  /// The words of the command line. A name that begins with a hyphen is kept from being read as an option.
  var allWords: [String] {
    let named = options.flatMap { name, value in
      value.hasPrefix("-") ? ["--\(name)=\(value)"] : ["--\(name)", value]
    }
    let isOdd = arguments.contains { $0.hasPrefix("-") }
    let before = isOdd ? [] : arguments
    return ["popsec"] + words + before + flags + named + (isOdd ? ["--"] + arguments : [])
  }
}
