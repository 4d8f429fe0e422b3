import Access
import Administration
import ArgumentParser
import Store

struct TokenList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tokens of an API user, the revoked ones last, or all tokens.",
    discussion: """
      All tokens are ordered by the name of their user or API user, then by their own. With --sort expiry those that end
      next go first.

      Examples:
        popsec token list 'Portal Mexico'
        popsec token list Ada --user --json
        popsec token list --where 'ends<14d'
        popsec token list --sort expiry -o csv
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(
    help: "The API user's name; without it the tokens of all users and API users are listed.",
    completion: .names(.tokenHolders))
  var account: String?

  @Flag(help: "The name is that of a user, not of an API user.")
  var user = false

  @Option(help: "The order of all tokens: user or expiry.")
  var sort: TokenSorting?

  @OptionGroup var filter: FilterOptions<WhereTokens>

  func validate() throws {
    if user, account == nil { throw ValidationError("--user needs the user's name") }
    if sort != nil, account != nil { throw ValidationError("--sort is for the list of all tokens") }
  }

  func run() throws {
    try global.run { session in
      let written = try filter.written()
      if written.asksForUses { try session.takeOverUses() }
      if let account { return try list(account, written, session) }
      if !written.asksForUses { session.sayWhereUsesAreUnknown() }
      try session.list { page in try session.tokens(written, sort ?? .user, page) }
    }
  }

  private func list(_ name: String, _ written: WrittenConditions, _ session: Session) throws {
    let (account, found, names) = try session.find { finder in
      let account = try finder.account(user ? .user : .apiUser, name)
      let tokens = try finder.tokens(of: account, where: written)
      return (account, tokens, try finder.names(of: tokens))
    }
    let usage = try session.administration.usage(of: found)
    if usage.values.contains(where: { !$0.isKnown }) { session.sayWhereUsesAreUnknown() }
    let tokens = found.map {
      TokenRecord($0, of: account, names, usage: usage[$0.id], now: session.administration.now)
    }
    if session.isForPrograms { try session.list(tokens) } else { try session.output.tokens(tokens) }
  }
}

extension TokenSorting: ExpressibleByArgument {}

extension Session {
  /// Reads the tokens of all users and API users page by page, so that there may be more than fit into memory.
  func tokens(
    _ written: WrittenConditions, _ order: TokenSorting, _ page: ([ListedTokenRecord]) throws -> Void
  ) throws {
    let query = TokenQuery(
      conditions: try find { try $0.conditions.all(written) }, order: order.order(at: administration.now))
    try pages(cursor: \.cursor, { try $0.tokens(query, $1, limit: maximumPageRows) }) { rows in
      let names = try find { try $0.names(of: rows.map(\.token)) }
      let usage = try administration.usage(of: rows.map(\.token))
      let now = administration.now
      try page(
        rows.map {
          ListedTokenRecord(
            record: TokenRecord($0.token, of: $0.account, names, usage: usage[$0.token.id], now: now))
        })
    }
  }
}

extension Finder {
  /// The tokens of an account for which conditions hold, the revoked ones last.
  func tokens(of account: Account, where written: WrittenConditions) throws -> [Token] {
    let tokens = try reader.tokens(of: account.id)
    guard !written.isEmpty else { return tokens }
    var conditions = try conditions.all(written, findsHolders: false)
    conditions.all.insert(Condition(.accounts([account.id])), at: 0)
    let query = TokenQuery(conditions: conditions)
    var meant: Set<TokenRowID> = []
    var paging = Paging(by: \ListedToken.cursor)
    while let rows = try paging.next({ try reader.tokens(query, $0, limit: maximumPageRows) }) {
      meant.formUnion(rows.map(\.token.id))
    }
    return tokens.filter { meant.contains($0.id) }
  }
}
