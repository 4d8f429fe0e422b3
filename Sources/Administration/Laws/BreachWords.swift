package import Access

/// A broken law in words: what breaks it, and the commands that show it.
package struct BreachWords {
  private let law: Law<AsWritten>
  private let breach: LawBreach
  private let names: NameBook
  private let now: Timestamp

  package init(_ broken: LawChecker.Broken, _ names: NameBook, now: Timestamp) {
    (law, breach) = (broken.law, broken.breach)
    (self.names, self.now) = (names, now)
  }

  /// The law with its reason, as in `the law “payroll is for no token” (works council agreement)`.
  package var title: String {
    "the law \(quoted(law.name.text))" + (law.reason.text.isEmpty ? "" : " (\(law.reason.text))")
  }

  /// As in `API user “Portal” can see Sales Orders of MX (Business Central), by team:Sales MX, from 2027-01-01T00:00:00Z`.
  package var counterexample: String {
    let start = breach.at > now ? ", from \(breach.at)" : ""
    switch breach.finding {
    case .sees(let sight): return "\(breaker) can see \(words(sight))\(start)"
    case .seesBoth(let first, let second):
      return "\(breaker) can see both \(words(first)), and \(words(second))\(start)"
    case .seesBeyondTeam(let sight):
      return "\(breaker) can see \(words(sight)), which no grant of the team covers\(start)"
    case .shows(let thing): return "\(breaker) shows \(words(thing)) to everybody\(start)"
    case .token(let id, let fault): return "the token \(token(id)) of \(breaker) \(fault.words)\(start)"
    case .unowned(let ownership): return "\(breaker): \(ownership.finding ?? "")"
    }
  }

  /// Who breaks the law, as in `apiUser:Portal` or `widget:Sales`.
  package var breakerReference: String {
    switch breach.breaker {
    case .account(let id): names.reference(.account(id))
    case .openWidget(let id): "widget:\(names.name(id, \.widgets))"
    }
  }

  /// The things that can be seen, each with what gives them; none where the law is about something else.
  var things: [String] {
    switch breach.finding {
    case .sees(let sight), .seesBeyondTeam(let sight): [words(sight)]
    case .seesBoth(let first, let second): [words(first), words(second)]
    case .shows, .token, .unowned: []
    }
  }

  private var breaker: String {
    switch breach.breaker {
    case .account(let id): names.title(.account(id))
    case .openWidget(let id): "the open widget \(quoted(names.name(id, \.widgets)))"
    }
  }

  private func token(_ id: TokenRowID) -> String { quoted(names.name(id, \.tokens)) }

  private func words(_ sight: Sight) -> String {
    switch sight.giver {
    case .grant(_, let holder): "\(words(sight.thing)), by \(names.reference(holder))"
    case .administrator: "\(words(sight.thing)), by the role Administrator"
    }
  }

  private func words(_ thing: SeenThing) -> String {
    let list = words(thing.list, "list") { names.name($0, \.lists) }
    let item = thing.item.map { item in
      "the \(item.kind.singular) \(words(item.item, item.kind.singular) { names.items[$0]?.name.text ?? "" }) of "
    }
    let company = thing.company.map { " of \(words($0, "company") { names.name($0, \.companies) })" }
    let connector = words(thing.connector, "connector") { names.name($0, \.connectors) }
    return "\(item ?? "")\(list)\(company ?? "") (\(connector))"
  }

  private func words<ID>(_ thing: Foreseen<ID>, _ kind: String, _ name: (ID) -> String) -> String {
    switch thing {
    case .present(let id): name(id)
    case .named(let name): "\(name.text), once it is there,"
    case .any: "any \(kind) that may come"
    }
  }

  // MARK: Commands

  /// The commands that show it, each as its words. Of what does not exist yet they show the grants, where *all* stands.
  package var commands: [[String]] {
    guard case .account(let id) = breach.breaker, let account = names.accounts[id] else { return [] }
    let subject = PopsecCommand.Option(account.kind.option, account.name.text)
    let commands: [PopsecCommand] =
      switch breach.finding {
      case .sees(let sight): [command(sight, subject)]
      case .seesBoth(let first, let second): [command(first, subject), command(second, subject)]
      case .seesBeyondTeam(let sight): [command(sight, subject)] + teamCommand
      case .token:
        [PopsecCommand(["token", "list"], [account.name.text], account.kind == .user ? [.init("user")] : [])]
      case .unowned: [.account(account.kind, "show", account.name.text)]
      case .shows: []
      }
    return commands.map(\.allWords)
  }

  private func command(_ sight: Sight, _ subject: PopsecCommand.Option) -> PopsecCommand {
    explain(sight.thing, subject) ?? show(sight.giver, subject)
  }

  /// The command that explains what exists; nil for what may come.
  private func explain(_ thing: SeenThing, _ subject: PopsecCommand.Option) -> PopsecCommand? {
    guard let connector = thing.connector.id, let list = thing.list.id else { return nil }
    var options = [subject, .init("api"), .init("connector", names.name(connector, \.connectors))]
    if let company = thing.company {
      guard let id = company.id else { return nil }
      options.append(.init("company", names.name(id, \.companies)))
    }
    options.append(.init("list", names.name(list, \.lists)))
    if let item = thing.item {
      guard let id = item.item.id, let known = names.items[id] else { return nil }
      options.append(.init(item.kind.option, known.name.text))
    }
    if breach.at > now { options.append(.init("at", breach.at.description)) }
    return PopsecCommand(["explain"], [], options)
  }

  /// The command that shows what gives it: the grants, or who has the role Administrator.
  private func show(_ giver: Giver, _ subject: PopsecCommand.Option) -> PopsecCommand {
    if case .administrator = giver {
      return PopsecCommand(["role", "show"], [BuiltInRole.administrator.rawValue])
    }
    guard case .team(let id) = giver.subject else { return PopsecCommand(["grant", "show"], [], [subject]) }
    return PopsecCommand(["grant", "show"], [], [.init("team", names.name(id, \.teams))])
  }

  private var teamCommand: [PopsecCommand] {
    guard case .within(_, let team) = law.form else { return [] }
    return [PopsecCommand(["grant", "show"], [], [.init("team", team.text)])]
  }
}

extension TokenFault {
  /// What the token does or lacks, as in `never expires`.
  fileprivate var words: String {
    switch self {
    case .longerThan(let days): "is valid for more than \(days == 1 ? "1 day" : "\(days) days")"
    case .neverExpires: "never expires"
    case .anyNetwork: "may be used from any network"
    case .anyPlace: "is not limited to widgets or endpoints"
    case .unused(let days): "was not used for \(days == 1 ? "1 day" : "\(days) days")"
    }
  }
}
