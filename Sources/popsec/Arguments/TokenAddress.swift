import Access
import Administration
import ArgumentParser
import Store

/// The token that a command is about, named by its user's name and its own, or by its id.
struct TokenAddress: ParsableArguments {
  @Argument(help: "The name of the token's API user.", completion: .names(.tokenHolders))
  var account: String?

  @Argument(help: "The token's name.", completion: .names(.tokens))
  var token: String?

  @OptionGroup var options: TokenOptions

  func validate() throws {
    let isNamed = account != nil && token != nil
    guard options.id == nil ? isNamed : account == nil else {
      throw ValidationError("name an API user and its token, or give --id")
    }
  }

  func find(_ finder: Finder) throws -> (Account, Token) {
    try options.find([account, token].compactMap { $0 }, finder)
  }

  /// Finds a revoked token, too.
  func findRevokedToo(_ finder: Finder) throws -> (Account, Token) {
    try options.find([account, token].compactMap { $0 }, finder, findsRevoked: true)
  }
}

/// Further options of a token.
struct TokenOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The token's id, as token list shows it, in place of names.", valueName: "id"))
  var id: String?

  @Flag(help: "The name is that of a user, not of an API user.")
  var user = false

  var kind: AccountKind { user ? .user : .apiUser }

  /// Finds the token by the id, or else by these names: the account's, then the token's.
  func find(
    _ names: [String], _ finder: Finder, findsRevoked: Bool = false
  ) throws -> (Account, Token) {
    if let id { return try finder.token(id: id) }
    let account = try finder.account(kind, names[0])
    return (account, try finder.token(names[1], of: account, findsRevoked: findsRevoked))
  }
}

extension Finder {
  func token(id argument: String) throws -> (Account, Token) {
    guard let id = TokenRowID(argument), let token = try reader.token(id),
      let account = try reader.account(token.account)
    else {
      throw Trouble(
        "there is no token with the id \(quotedExcerpt(argument))",
        hint: "popsec token list USER shows the ids",
        exitStatus: .noInput)
    }
    return (account, token)
  }
}
