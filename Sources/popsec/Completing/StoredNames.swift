import Access
import Administration
import Store

/// The names in a store that fit what is typed.
struct StoredNames {
  private let line: CompletionLine
  private let administration: Administration

  /// Opens the store that the command line means, only for reading and without waiting.
  ///
  /// Errors: ``Trouble``, ``StoreError``, ``SealingError``; ``AdministrationError`` where the operator may not read.
  init(_ line: CompletionLine) throws {
    self.line = line
    let environment = Caller.current.environment
    let location = try StoreLocation(
      store: line.value(of: "--store").map { Self.path($0, environment) },
      keys: line.value(of: "--keys").map { Self.path($0, environment) },
      allowsLooseRights: line.has("--allow-loose-rights"), environment: environment)
    administration = try location.openToComplete()
    // A read without the right would be recorded as refused, and nobody asked for anything.
    guard try administration.authority().may(.securityRead) else {
      throw AdministrationError.notPermitted(.securityRead)
    }
  }

  /// The shell expands `~` only in words that it runs.
  private static func path(_ word: String, _ environment: [String: String]) -> String {
    guard word.hasPrefix("~/"), let home = environment.filled("HOME") else { return word }
    return home + word.dropFirst()
  }

  func names(_ kind: NameCompletion) throws -> [String] {
    if kind == .proposals {
      return try administration.proposals().map { String($0.number) }.filter { $0.hasPrefix(line.typed) }
    }
    return try administration.read { reader in
      let read = CompletionReader(reader: reader, line: line, now: administration.now)
      return Array(try read.names(kind).prefix(NameCompletion.mostNames + 1))
    }
  }
}

/// Reads names of one kind.
struct CompletionReader {
  let reader: any SecurityReader
  let line: CompletionLine
  let now: Timestamp

  func names(_ kind: NameCompletion) throws -> [String] {
    switch kind {
    case .apiUsers: try accounts(.apiUser, line.typed)
    case .users: try accounts(.user, line.typed)
    case .groupAccounts: try accounts(line.isOf(AccountKind.user.command) ? .user : .apiUser, line.typed)
    case .teams: try teams()
    case .subjects: try teams() + accounts(.apiUser, line.typed) + accounts(.user, line.typed)
    case .tokenHolders: try accounts(holderKind, line.typed)
    case .tokens: try tokens(of: holderKind, line.arguments.first)
    case .tokenHoldersAndTokens: try holdersAndTokens()
    case .tokensOfNamed: try tokensOfNamed()
    case .roles: try beginning.roles(line.typed)
    case .customRoles: fitting(try reader.customRoles().map(\.name.text))
    case .laws: fitting(try reader.laws().map(\.name.text))
    case .owners: try beginning.owners(line.typed)
    case .labels: try beginning.labels(of: .account, line.typed).map { "\($0.key)=\($0.value)" }
    case .labelKeys: try labelKeys()
    case .deleted: try deleted()
    case .gateKeys: fitting(try reader.gateKeys().filter { $0.retiredAt == nil }.map(\.name.text))
    default: fitting(try CompletionCatalogue(reader: reader, line: line).names(kind))
    }
  }

  private var beginning: NamesBeginning {
    NamesBeginning(reader, now: now, limit: NameCompletion.mostNames, withLast: true)
  }

  private func fitting(_ names: [String]) -> [String] { beginning.fitting(names, line.typed) }

  // MARK: Accounts and teams

  private var holderKind: AccountKind { line.has("--user") ? .user : .apiUser }

  private func accounts(_ kind: AccountKind, _ typed: String) throws -> [String] {
    try beginning.accounts(kind, typed)
  }

  private func teams() throws -> [String] { try beginning.teams(line.typed) }

  // MARK: Tokens

  private func account(_ kind: AccountKind, _ name: String?) throws -> Account? {
    guard let name = name.flatMap({ try? Name($0) }) else { return nil }
    return try reader.account(kind, named: NameKey(name))
  }

  private func tokens(of kind: AccountKind, _ name: String?) throws -> [String] {
    guard let account = try account(kind, name) else { return [] }
    return fitting(try reader.tokens(of: account.id).filter { $0.revokedAt == nil }.map(\.name.text))
  }

  private func holdersAndTokens() throws -> [String] {
    switch line.arguments.count {
    case 0: try accounts(holderKind, line.typed)
    case 1: try tokens(of: holderKind, line.arguments[0])
    default: []
    }
  }

  private func tokensOfNamed() throws -> [String] {
    if let name = line.value(of: "--api-user") { return try tokens(of: .apiUser, name) }
    return try tokens(of: .user, line.value(of: "--user"))
  }

  // MARK: Labels and deleted things

  private func labelKeys() throws -> [String] {
    var keys: [String] = []
    for label in try beginning.labels(of: .account, line.typed) where keys.last != label.key {
      keys.append(label.key)
    }
    return keys
  }

  private func deleted() throws -> [String] {
    guard let kind = line.arguments.first.flatMap({ DeletedKind(argument: $0) }) else { return [] }
    let query = DeletedQuery(kinds: [kind], matching: SearchText(line.typed))
    return fitting(try reader.deleted(query, .first, limit: NameCompletion.mostNames).rows.map(\.name.text))
  }
}
