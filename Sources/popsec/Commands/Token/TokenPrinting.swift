import Access
import Administration
import Store

extension Finder {
  /// What all that tokens name is called.
  func names(of tokens: [Token]) throws -> NameBook {
    var names = try NameBook(placesOf: reader)
    try names.enter(owners: tokens.compactMap(\.particulars.owner), in: reader)
    return names
  }
}

extension Session {
  func record(_ token: Token, of account: Account) throws -> TokenRecord {
    let now = administration.now
    return try find { TokenRecord(token, of: account, try $0.names(of: [token]), now: now) }
  }

  /// Prints a token that was added, for people. The text does not contain the Token ID.
  func tellAdded(_ token: Token, of account: Account) throws {
    try output.line(
      output.shown("added token \(quoted(token.name.text)) (\(token.hint.masked)), \(expiryText(token))"))
    let command = "popsec token copy --id \(token.id)"
    try output.line("\(command) sends its Token ID to your terminal's clipboard")
  }

  /// Finds a token, changes it, and prints it as it is after the change. Nobody is asked.
  func changeToken(
    _ verb: String, _ options: ChangeOptions, find: (Finder) throws -> (Account, Token),
    _ body: (Change, TokenRowID) throws -> Void
  ) throws {
    if options.dryRun { return try show { try body($0, try find($0.finder).1.id) } }
    let (account, was, token) = try change { change in
      let (account, token) = try find(change.finder)
      try body(change, token.id)
      return (account, token, try change.reader.token(token.id) ?? token)
    }
    let what = "token \(quoted(token.name.text)) of \(quoted(account.name.text))"
    try tell(
      try record(token, of: account),
      token == was ? "nothing to do: \(what) is like that already" : "\(verb) \(what)")
  }

  private func expiryText(_ token: Token) -> String {
    let start = token.validFrom.map { "valid from \($0.minute) UTC, " } ?? ""
    return switch token.expiry {
    case .never: start + "never expires"
    case .at(let end) where end <= administration.now: start + "expired since \(end.minute) UTC"
    case .at(let end): start + "expires \(end.minute) UTC"
    }
  }
}
