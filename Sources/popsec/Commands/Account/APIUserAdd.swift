import Access
import Administration
import ArgumentParser
import Store

struct APIUserAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an API user, maybe with a token.",
    discussion: "It may see nothing until it is given roles and grants, or is put into a team.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The API user's name.")
  var name: String

  @Option(help: ArgumentHelp("Add a token of this name.", valueName: "name"))
  var token: String?

  @Option(help: expiryHelp)
  var expires: String?

  func validate() throws {
    if expires != nil, token == nil { throw ValidationError("--expires is for --token only") }
  }

  func run() throws {
    let accountName = try Name(argument: name)
    let tokenName = try token.map { try Name(argument: $0) }
    try global.run { session in
      let expiry = try ExpiryArgument.expiry(expires, now: session.administration.now)
      let (account, token) = try session.change { change in
        let account = try change.addAccount(.apiUser, name: accountName)
        let token = try tokenName.map { try change.addToken(to: account.id, name: $0, expiry: expiry) }
        return (account, token)
      }
      try tell(session, account, token)
    }
  }

  private func tell(_ session: Session, _ account: Account, _ token: Token?) throws {
    if session.wantsJSON {
      let record = try token.map { try session.record($0, of: account) }
      return try session.output.json(AccountChangeRecord(account, token: record))
    }
    try session.output.line(session.output.shown("added API user \(quoted(account.name.text))"))
    if let token { try session.tellAdded(token, of: account) }
  }
}
