import Access
import Administration
import ArgumentParser

struct TokenExpire: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set-expiry", abstract: "Change when a token ends.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress

  @Option(help: expiryHelp)
  var expires: String

  func run() throws {
    try global.run { session in
      guard let expiry = try ExpiryArgument.expiry(expires, now: session.administration.now) else { return }
      try session.changeToken("changed the expiry of", find: address.find) {
        try $0.setExpiry(expiry, of: $1)
      }
    }
  }
}
