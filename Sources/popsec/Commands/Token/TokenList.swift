import Access
import Administration
import ArgumentParser
import Store

struct TokenList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tokens of an API user, the revoked ones last.",
    discussion: """
      Examples:
        popsec token list 'Portal Mexico'
        popsec token list Ada --user --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The API user's name.", completion: .names(.tokenHolders))
  var account: String

  @Flag(help: "The name is that of a user, not of an API user.")
  var user = false

  @OptionGroup var filter: FilterOptions

  func run() throws {
    try global.run { session in
      let (account, found, names) = try session.find { finder in
        let account = try finder.account(user ? .user : .apiUser, self.account)
        let filter = try filter.filter(finder)
        let tokens = try finder.reader.tokens(of: account.id).filter { filter.contains($0.particulars) }
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
}
