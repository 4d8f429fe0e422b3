internal import Access

/// Smallest changes as the commands that make them.
struct AdditionCommands {
  /// What stands in a command for a time that a person has to choose.
  static let instant = "INSTANT"

  private typealias Option = PopsecCommand.Option

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
    let runs = additions.runs
    let commands = runs.compactMap { run -> PopsecCommand? in
      guard let place = run.first?.grantPlace else { return run.first.flatMap(command) }
      let parts = run.map(grantPart)
      let known = parts.compactMap { $0 }
      return known.count == parts.count ? grant("add", place, known) : nil
    }
    return commands.count == runs.count ? commands.map(\.allWords) : []
  }

  private func command(_ addition: Addition) -> PopsecCommand? {
    switch addition {
    case .enableToken: return token("enable")
    case .extendToken: return token("set-expiry", [Option("expires", Self.instant)])
    case .bringTokenForward: return token("set-expiry", [Option("from", Self.instant)])
    case .widget(let id, _): return limit { $0.widgets.insert(id) }
    case .endpoint(let id, _): return limit { $0.endpoints.insert(id) }
    case .network(let source, _):
      guard let network = Network(source.description) else { return nil }
      return limit { $0.networks.insert(network) }
    case .enableAccount(let id): return subject(.account(id), "enable")
    case .systemRole(let role, let holder): return subject(holder, "role", [Option("add", role.rawValue)])
    case .enableWidget(let id):
      return names.widgets[id].map { PopsecCommand(["catalogue", "widget", "enable"], [$0.text]) }
    case .enableEndpoint(let id):
      return names.endpoints[id].map { PopsecCommand(["catalogue", "endpoint", "enable"], [$0.text]) }
    case .putInForce(let thing, let standing): return putInForce(thing, standing)
    case .connectorRole, .company, .list, .item: return nil
    }
  }

  // MARK: Grants

  /// The option that adds a part to a grant; nil for another addition, and where a name is not known.
  private func grantPart(_ addition: Addition) -> PopsecCommand.Option? {
    switch addition {
    case .connectorRole(let role, _): Option("role", role.rawValue)
    case .company(let id, _): names.companies[id].map { Option("company", $0.text) }
    case .list(let id, _): names.lists[id].map { Option("list", $0.text) }
    case .item(let item, let kind, _): names.text(item).map { Option(kind.option, $0) }
    default: nil
    }
  }

  private func grant(_ verb: String, _ place: GrantPlace, _ options: [PopsecCommand.Option]) -> PopsecCommand?
  {
    guard let connector = names.connectors[place.connector]?.text else { return nil }
    switch place.subject {
    case .team(let id):
      return names.teams[id].map { .grant(verb, of: Option("team", $0.text), on: connector, options) }
    case .account(let id):
      return names.accounts[id].map {
        .grant(verb, of: Option($0.kind.option, $0.name.text), on: connector, options)
      }
    }
  }

  // MARK: Times

  private func putInForce(_ thing: BoundedThing, _ standing: Standing) -> PopsecCommand? {
    switch thing {
    case .membership(let team, let account):
      guard let name = names.teams[team] else { return nil }
      let bounds = access?.membership(of: .team(team))
      return subject(.account(account), "team", [Option("add", name.text)] + times(standing, bounds))
    case .role(let role, let holder):
      let bounds = access?.roles.first { $0.role == role && $0.holder == holder }?.bounds
      if case .custom(let id) = role, names.roles[id] == nil { return nil }
      return subject(holder, "role", [Option("add", names.name(role))] + times(standing, bounds))
    case .grant(let place):
      // This command keeps the end that isn't named.
      return grant("set-bounds", place, times(standing, nil))
    }
  }

  /// A new end for what has ended. What has not begun gets a new beginning, and keeps its end.
  private func times(_ standing: Standing, _ bounds: Bounds?) -> [PopsecCommand.Option] {
    guard case .begins = standing else { return [Option("until", Self.instant)] }
    return [Option("from", Self.instant)] + (bounds?.until.map { [Option("until", $0.description)] } ?? [])
  }

  // MARK: Subjects and tokens

  private func subject(
    _ id: SubjectID, _ verb: String, _ options: [PopsecCommand.Option] = []
  ) -> PopsecCommand? {
    switch id {
    case .team(let id): names.teams[id].map { .team(verb, $0.text, options) }
    case .account(let id): names.accounts[id].map { .account($0.kind, verb, $0.name.text, options) }
    }
  }

  private func token(_ verb: String, _ options: [PopsecCommand.Option] = []) -> PopsecCommand? {
    guard let token, let owner = names.accounts[token.account] else { return nil }
    return .token(verb, token.name.text, of: owner.name.text, owner.kind, options)
  }

  /// The command sets all limits of a kind, so that those that the token has must be named, too.
  private func limit(_ add: (inout TokenLimits) -> Void) -> PopsecCommand? {
    guard let was = token?.limits else { return nil }
    var became = was
    add(&became)
    return names.options(from: was, to: became).flatMap { token("limit", $0) }
  }
}
