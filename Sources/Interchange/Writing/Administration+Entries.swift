package import Access
package import Administration
import Store

/// A thing that an entry of a security file can describe.
package enum EntryThing: Hashable, Sendable {
  case account(AccountID)
  case team(TeamID)
  case role(RoleID)
  case token(TokenRowID)
  case law(Name)
}

/// A thing as a security file and as commands have it. Neither has a Token ID.
package struct ThingEntry: Hashable, Sendable {
  package let name: Name
  /// The entry of the security file. That of a user or an API user lacks the tokens, so that it leaves them alone.
  package let value: DocumentValue
  /// The words of the commands that make the thing anew.
  package let commands: [[String]]
}

extension Administration {
  /// The entries of some things, in the order of their names. Things that are gone are left out.
  ///
  /// Errors: ``AdministrationError``, ``StoreError``.
  package func entries(of things: [EntryThing]) throws -> [ThingEntry] {
    try read { reader in
      var names = try NameBook(placesOf: reader)
      try names.enterRoles(reader)
      let entries = try things.compactMap { try ThingEntry($0, &names, reader) }
      return entries.map { (key: NameKey($0.name), entry: $0) }.sorted { $0.key < $1.key }.map(\.entry)
    }
  }
}

extension ThingEntry {
  /// Nil where the thing is gone.
  fileprivate init?(_ thing: EntryThing, _ names: inout NameBook, _ reader: any SecurityReader) throws {
    switch thing {
    case .account(let id):
      guard let account = try reader.account(id) else { return nil }
      try self.init(account, &names, reader)
    case .team(let id):
      guard let team = try reader.team(id) else { return nil }
      let content = try TeamContent(team, reader)
      try names.enter(content.grants, reader)
      self.init(
        name: team.name, value: EntryOutput(titles: names).team(content),
        commands: MakingCommands(names).team(content.general, roles: content.roles, grants: content.grants))
    case .role(let id):
      guard let role = try reader.customRoles().first(where: { $0.id == id }) else { return nil }
      self.init(
        name: role.name, value: EntryOutput(titles: names).role(role),
        commands: MakingCommands(names).role(
          RoleContent(name: role.name, summary: role.summary, permissions: role.permissions)))
    case .law(let name): try self.init(law: name, names, reader)
    case .token(let id):
      guard let token = try reader.token(id), let account = try reader.account(token.account) else {
        return nil
      }
      try names.enter(owners: [token.particulars.owner].compactMap(\.self), in: reader)
      let content = TokenContent(token, names)
      self.init(
        name: token.name, value: EntryOutput(titles: names).token(content),
        commands: MakingCommands(names).token(content.terms, of: account.name, account.kind))
    }
  }

  private init?(law name: Name, _ names: NameBook, _ reader: any SecurityReader) throws {
    guard let law = try reader.law(named: NameKey(name)) else { return nil }
    self.init(
      name: law.name, value: EntryOutput(titles: names).law(law), commands: [LawCommand(law).words])
  }

  private init(_ account: Account, _ names: inout NameBook, _ reader: any SecurityReader) throws {
    let content = try AccountContent(account, tokensBy: nil, reader)
    try names.enter(content.grants, reader)
    try names.enter(owners: [content.general.particulars.owner].compactMap(\.self), in: reader)
    for team in content.teams.elements where names.teams[team] == nil {
      names.teams[team] = try reader.team(team)?.name
    }
    let output = EntryOutput(titles: names)
    self.init(
      name: account.name, value: account.kind == .user ? output.user(content) : output.apiUser(content),
      commands: MakingCommands(names).account(
        account.kind, content.general, keys: content.keys.sorted(), teams: content.teams,
        roles: content.roles,
        grants: content.grants))
  }
}

extension NameBook {
  /// Enters the connectors of some grants, with all that these connectors have.
  fileprivate mutating func enter(
    _ grants: [ConnectorID: Permissions], _ reader: any SecurityReader
  ) throws {
    for id in grants.keys where connectors[id] == nil {
      if let connector = try reader.connector(id) { enter(try reader.catalogue(of: connector)) }
    }
  }
}
