package import Access

/// Things as the commands that make them anew in another store that has the same catalogue. What left the catalogue
/// is left out, as in a security file.
package struct MakingCommands {
  private typealias Option = PopsecCommand.Option

  private let names: NameBook

  /// - Parameter names: the names of all that the things have.
  package init(_ names: NameBook) { self.names = names }

  /// The words of the commands that make a user or an API user, without its tokens.
  package func account(
    _ kind: AccountKind, _ general: AccountGeneral, keys: [String], teams: BoundedSet<TeamID>,
    roles: BoundedSet<SystemRole>, grants: [ConnectorID: Permissions]
  ) -> [[String]] {
    let name = general.name.text
    let unix = general.unixAccount.map { [Option("unix", $0.text)] } ?? []
    var commands = [PopsecCommand.account(kind, "add", name, unix + options(general.particulars))]
    if !general.isEnabled { commands.append(.account(kind, "disable", name)) }
    if !keys.isEmpty {
      commands.append(PopsecCommand(["user", "key", "add"], [name], keys.map { Option("key", $0) }))
    }
    commands += adding(teams) { names.teams[$0]?.text }.map { .account(kind, "team", name, $0) }
    commands += adding(roles) { names.isNamed($0) ? names.name($0) : nil }
      .map { .account(kind, "role", name, $0) }
    return (commands + making(grants, of: Option(kind.option, name))).map(\.allWords)
  }

  package func team(
    _ general: TeamGeneral, roles: BoundedSet<SystemRole>, grants: [ConnectorID: Permissions]
  ) -> [[String]] {
    let name = general.name.text
    var commands = [PopsecCommand.team("add", name, options(general.summary))]
    commands += adding(roles) { names.isNamed($0) ? names.name($0) : nil }.map { .team("role", name, $0) }
    return (commands + making(grants, of: Option("team", name))).map(\.allWords)
  }

  package func role(_ content: RoleContent) -> [[String]] {
    let permissions = content.permissions.sorted().map { Option("permission", $0.rawValue) }
    return [
      PopsecCommand(["role", "add"], [content.name.text], permissions + options(content.summary)).allWords
    ]
  }

  /// The words of the commands that make a token with the same terms, and another Token ID.
  package func token(_ terms: TokenTerms, of owner: Name, _ kind: AccountKind) -> [[String]] {
    func command(_ verb: String, _ options: [Option] = []) -> PopsecCommand {
      .token(verb, terms.name.text, of: owner.text, kind, options)
    }
    let from = terms.validFrom.map { [Option("from", $0.description)] } ?? []
    let times = from + [Option("expires", terms.expiry.text)]
    var commands = [command("add", times + options(terms.particulars))]
    if let limits = names.options(from: .none, to: terms.limits), !limits.isEmpty {
      commands.append(command("limit", limits))
    }
    if terms.isDisabled { commands.append(command("disable")) }
    return commands.map(\.allWords)
  }

  // MARK: Parts

  private func options(_ summary: Summary) -> [Option] {
    summary.text.isEmpty ? [] : [Option("description", summary.text)]
  }

  private func options(_ particulars: Particulars) -> [Option] {
    let owner = particulars.owner.map { [Option("owner", names.name($0))] } ?? []
    let note = particulars.note.isEmpty ? [] : [Option("note", particulars.note.text)]
    return owner + note + particulars.labels.words.map { Option("label", $0) }
  }

  /// The options of the commands that add each of these, in the order of their names.
  private func adding<Element>(
    _ held: BoundedSet<Element>, _ name: (Element) -> String?
  ) -> [[Option]] {
    let named = held.bounded.compactMap { held in name(held.value).map { (name: $0, bounds: held.bounds) } }
    return named.sorted { $0.name < $1.name }.map {
      [Option("add", $0.name)] + $0.bounds.options(replacing: nil)
    }
  }

  private func making(_ grants: [ConnectorID: Permissions], of owner: Option) -> [PopsecCommand] {
    let named = grants.compactMap { id, permissions in
      names.connectors[id].map { (name: $0.text, permissions: permissions.named(in: names)) }
    }
    return named.sorted { $0.name < $1.name }.flatMap { name, permissions in
      let turn = UndoStep.Turn(was: nil, became: GrantContent(permissions: permissions))
      return GrantCommands(names, owner, name).commands(turn) ?? []
    }
  }
}

extension Permissions {
  /// The permissions without what has no name in a book, because it left the catalogue.
  fileprivate func named(in names: NameBook) -> Permissions {
    var named = self
    named.companies.keep { names.companies[$0] != nil }
    named.lists.keep { names.lists[$0] != nil }
    for kind in ItemKind.allCases { named[kind].keep { names.text($0) != nil } }
    return named
  }
}

extension Coverage {
  fileprivate mutating func keep(_ isKept: (Element) -> Bool) {
    if case .only(let set) = self { self = .only(set.filter(isKept)) }
  }
}
