import Access
import Administration
import ArgumentParser

struct TokenAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a token to an API user.",
    discussion: """
      The Token ID is not printed; token copy and token reveal give it at any later time.

      Examples:
        popsec token add 'Portal Mexico' portal
        popsec token add 'Portal Mexico' shop --expires never --label env=prod
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The API user's name.", completion: .names(.tokenHolders))
  var account: String

  @Argument(help: "The token's name.")
  var token: String

  @Option(help: expiryHelp, completion: .names(.laterTimes(ends: true)))
  var expires: String?

  @Option(help: tokenStartHelp, completion: .names(.laterTimes(ends: false)))
  var from: String?

  @Flag(help: "The name is that of a user, not of an API user.")
  var user = false

  @OptionGroup var particulars: ParticularsOptions

  func run() throws {
    let name = try Name(argument: token)
    try global.run { session in
      let now = session.administration.now
      let expiry = try ExpiryArgument.expiryOfNew(expires, now: now)
      let start = try from.map { try InstantArgument.instant($0, now: now) }
      let (owner, added) = try session.change { change in
        let account = try change.finder.account(user ? .user : .apiUser, self.account)
        let particulars = try particulars.apply(change.finder)
        let added = try change.addToken(
          to: account.id, name: name, validFrom: start, expiry: expiry, particulars: particulars)
        return (account, added)
      }
      if session.isForPrograms { return try session.output.value(try session.record(added, of: owner)) }
      try session.tellAdded(added, of: owner)
    }
  }
}
