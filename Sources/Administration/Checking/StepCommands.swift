internal import Access

/// Steps as the commands that make them, for a person who looks at what somebody asks for. Steps of the kinds
/// that a smallest change has can be told in this way.
struct StepCommands {
  private typealias Option = PopsecCommand.Option

  /// More steps are not told as commands, because nobody would type them.
  static let mostSteps = 20

  private let names: NameBook

  init(_ names: NameBook) { self.names = names }

  /// The words of the commands; empty where commands can't make all of the steps.
  func commands(for steps: [UndoStep]) -> [[String]] {
    guard steps.count <= Self.mostSteps else { return [] }
    var commands: [PopsecCommand] = []
    for step in steps {
      guard let made = made(by: step) else { return [] }
      commands += made
    }
    return commands.map(\.allWords)
  }

  private func made(by step: UndoStep) -> [PopsecCommand]? {
    switch step.change {
    case .account(_, let isUser, let turn): account(step.name, isUser ? .user : .apiUser, turn)
    case .member(_, let account, let name, let joined, let terms):
      member(account, name, step.name, UndoStep.Turn(joined: joined, terms))
    case .roles(let subject, let turn): roles(subject, step.name, turn)
    case .grant(let subject, _, let connector, let turn):
      GrantCommands(names, subject.owner(step.name), connector).commands(turn)
    case .token(_, let account, let owner, _, let turn): token(step.name, owner, account, turn)
    case .entry(let turn): entry(turn)
    case .keys, .team, .role, .rotation, .setting, .law, .dropping, .purge, .final: nil
    }
  }

  // MARK: Accounts

  private func account(
    _ name: String, _ kind: AccountKind, _ turn: UndoStep.Turn<AccountGeneral>
  ) -> [PopsecCommand]? {
    guard var was = turn.was, let became = turn.became else { return nil }
    was.isEnabled = became.isEnabled
    return was == became ? [.account(kind, became.isEnabled ? "enable" : "disable", name)] : nil
  }

  private func member(
    _ account: AccountID, _ name: String, _ team: String, _ turn: UndoStep.Turn<Bounds>
  ) -> [PopsecCommand]? {
    guard let kind = names.accounts[account]?.kind else { return nil }
    guard let became = turn.became else { return [.account(kind, "team", name, [Option("remove", team)])] }
    return [.account(kind, "team", name, [Option("add", team)] + became.options(replacing: turn.was))]
  }

  private func roles(
    _ subject: UndoStep.Subject, _ name: String, _ turn: UndoStep.Turn<BoundedSet<SystemRole>>
  ) -> [PopsecCommand]? {
    guard let was = turn.was, let became = turn.became else { return nil }
    let all = was.elements.union(became.elements)
    guard all.allSatisfy({ names.isNamed($0) }) else { return nil }
    let changed = all.filter { was[$0] != became[$0] }.sorted { names.name($0) < names.name($1) }
    return changed.map { role in
      let options =
        became[role].map { [Option("add", names.name(role))] + $0.options(replacing: was[role]) }
        ?? [Option("remove", names.name(role))]
      return switch subject {
      case .team: .team("role", name, options)
      case .account(_, let isUser): .account(isUser ? .user : .apiUser, "role", name, options)
      }
    }
  }

  // MARK: Tokens and places

  private func token(
    _ name: String, _ owner: String, _ account: AccountID, _ turn: UndoStep.Turn<TokenTerms>
  ) -> [PopsecCommand]? {
    guard let was = turn.was, let became = turn.became, was.name == became.name,
      let kind = names.accounts[account]?.kind
    else { return nil }
    func command(_ verb: String, _ options: [Option] = []) -> PopsecCommand {
      .token(verb, name, of: owner, kind, options)
    }
    var commands: [PopsecCommand] = []
    if was.isDisabled != became.isDisabled {
      commands.append(command(became.isDisabled ? "disable" : "enable"))
    }
    var times: [Option] = []
    if was.validFrom != became.validFrom {
      times.append(Option("from", became.validFrom?.description ?? "none"))
    }
    if was.expiry != became.expiry {
      times.append(Option("expires", became.expiry.timestamp?.description ?? "never"))
    }
    if !times.isEmpty { commands.append(command("set-expiry", times)) }
    if was.limits != became.limits {
      guard let options = names.options(from: was.limits, to: became.limits) else { return nil }
      commands.append(command("limit", options))
    }
    return commands
  }

  private func entry(_ turn: UndoStep.Turn<CatalogueEntry>) -> [PopsecCommand]? {
    switch (turn.was, turn.became) {
    case (.widget(var was), .widget(let became)):
      was.isEnabled = became.isEnabled
      guard was == became else { return nil }
      return [
        PopsecCommand(["catalogue", "widget", became.isEnabled ? "enable" : "disable"], [was.name.text])
      ]
    case (.endpoint(var was), .endpoint(let became)):
      was.isEnabled = became.isEnabled
      guard was == became else { return nil }
      return [
        PopsecCommand(["catalogue", "endpoint", became.isEnabled ? "enable" : "disable"], [was.name.text])
      ]
    default: return nil
    }
  }
}

extension Bounds {
  /// The options that give these bounds. What had bounds and is to have none needs a word for that.
  func options(replacing was: Bounds?) -> [PopsecCommand.Option] {
    if isAlways { return was.map { $0.isAlways ? [] : [.init("until", "never")] } ?? [] }
    return [("from", from), ("until", until)].compactMap { name, instant in
      instant.map { .init(name, $0.description) }
    }
  }
}

extension UndoStep.Subject {
  /// The option that names the subject in a command about grants.
  fileprivate func owner(_ name: String) -> PopsecCommand.Option {
    switch self {
    case .team: .init("team", name)
    case .account(_, let isUser): .init(isUser ? "user" : "api-user", name)
    }
  }
}

extension NameBook {
  func isNamed(_ role: SystemRole) -> Bool {
    if case .custom(let id) = role { roles[id] != nil } else { true }
  }
}
