internal import Access

/// The change of one grant as the commands that make it.
struct GrantCommands {
  private typealias Option = PopsecCommand.Option

  private let names: NameBook
  private let owner: PopsecCommand.Option
  private let connector: String

  init(_ names: NameBook, _ owner: PopsecCommand.Option, _ connector: String) {
    (self.names, self.owner, self.connector) = (names, owner, connector)
  }

  /// The commands; nil where commands can't make the change, or where a name is not known.
  func commands(_ turn: UndoStep.Turn<GrantContent>) -> [PopsecCommand]? {
    let (was, became) = (turn.was ?? .nothing, turn.became ?? .nothing)
    if became.permissions.isEmpty { return was.permissions.isEmpty ? nil : [command("delete")] }
    guard let added = parts(from: was.permissions, to: became.permissions, isTaken: false),
      let removed = parts(from: became.permissions, to: was.permissions, isTaken: true)
    else { return nil }
    var commands: [PopsecCommand] = []
    let bounds = became.permissions.bounds
    if was.permissions.isEmpty {
      // The bounds of a grant that is made are told with it.
      return [command("add", added + times(from: .always, to: bounds))]
    }
    if !removed.isEmpty { commands.append(command("remove", removed)) }
    if !added.isEmpty { commands.append(command("add", added)) }
    if bounds != was.permissions.bounds {
      // A beginning can be moved, and can't be taken away.
      guard bounds.from != nil || was.permissions.bounds.from == nil else { return nil }
      commands.append(command("set-bounds", times(from: was.permissions.bounds, to: bounds)))
    }
    return commands
  }

  private func command(_ verb: String, _ options: [PopsecCommand.Option] = []) -> PopsecCommand {
    .grant(verb, of: owner, on: connector, options)
  }

  private func times(from was: Bounds, to became: Bounds) -> [PopsecCommand.Option] {
    var options: [Option] = []
    if was.from != became.from, let from = became.from { options.append(Option("from", from.description)) }
    if was.until != became.until { options.append(Option("until", became.until?.description ?? "never")) }
    return options
  }

  /// The options for what a grant has that another one lacks; nil where something of it has no name, or where
  /// it can't be taken away.
  ///
  /// - Parameter isTaken: whether what is found is taken away. Of *all*, no part can stay then.
  private func parts(
    from was: Permissions, to became: Permissions, isTaken: Bool
  ) -> [PopsecCommand.Option]? {
    func options<Element>(
      _ one: String, _ all: String, _ was: Coverage<Element>, _ became: Coverage<Element>,
      _ name: (Element) -> String?
    ) -> [PopsecCommand.Option]? {
      switch (was, became) {
      case (.all, _): return []
      case (.only(let some), .all): return isTaken && !some.isEmpty ? nil : [Option(all)]
      case (.only(let was), .only(let became)):
        let added = became.subtracting(was).map(name)
        let known = added.compactMap { $0 }
        return known.count == added.count ? known.sorted().map { Option(one, $0) } : nil
      }
    }
    var found = became.roles.subtracting(was.roles).map(\.rawValue).sorted().map { Option("role", $0) }
    let companies = options("company", "all-companies", was.companies, became.companies) {
      names.companies[$0]?.text
    }
    let lists = options("list", "all-lists", was.lists, became.lists) { names.lists[$0]?.text }
    guard let companies, let lists else { return nil }
    found += companies + lists
    for kind in ItemKind.allCases {
      let all = kind == .listAction ? "all-list-actions" : "all-\(kind.rawValue)s"
      guard let items = options(kind.option, all, was[kind], became[kind], names.text) else { return nil }
      found += items
    }
    return found
  }
}

extension NameBook {
  /// An item as commands take it, as in `Sales Orders: Release`; nil where a name is not known.
  func text(_ item: ListItem) -> String? {
    guard let list = lists[item.list], let name = items[item.item]?.name else { return nil }
    return "\(list.text): \(name.text)"
  }

  /// The options of `token limit` that set these limits; nil where a place has no name, because it has left
  /// the catalogue.
  func options(from was: TokenLimits, to became: TokenLimits) -> [PopsecCommand.Option]? {
    var options: [PopsecCommand.Option] = []
    if was.widgets != became.widgets || was.endpoints != became.endpoints {
      let places =
        became.widgets.map { ("widget", widgets[$0]?.text) }
        + became.endpoints.map { ("endpoint", endpoints[$0]?.text) }
      let known = places.compactMap { option, name in name.map { PopsecCommand.Option(option, $0) } }
      guard known.count == places.count else { return nil }
      options +=
        known.isEmpty
        ? [.init("any-place")] : known.sorted { ($1.name, $0.value ?? "") < ($0.name, $1.value ?? "") }
    }
    if was.networks != became.networks {
      let networks = became.networks.map(\.description).sorted()
      options += networks.isEmpty ? [.init("any-network")] : networks.map { .init("network", $0) }
    }
    if was.requestsPerMinute != became.requestsPerMinute {
      options.append(became.requestsPerMinute.map { .init("rate", String($0)) } ?? .init("any-rate"))
    }
    return options
  }
}
