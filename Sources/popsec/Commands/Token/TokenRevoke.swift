import Access
import Administration
import ArgumentParser

struct TokenRevoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Revoke a token, for good.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    try global.run { session in
      let (account, token) = try session.find(address.find)
      // What is to be typed is not asked for in vain.
      guard token.revokedAt == nil else { throw AdministrationError.tokenRevoked(token.name) }
      let what = "revoke this token of \(quoted(account.name.text))"
      try Asking.confirm(what, named: token.name, noting: TakingBack.never, yes: yes)
      try session.changeToken("revoked", find: { try $0.token(id: token.id.description) }) {
        try $0.revoke($1)
      }
    }
  }
}
