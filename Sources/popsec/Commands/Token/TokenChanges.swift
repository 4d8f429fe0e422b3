import Access
import Administration
import ArgumentParser

struct TokenEnable: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "enable", abstract: "Enable a token again.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress

  func run() throws {
    try global.run { session in
      try session.changeToken("enabled", find: address.find) { try $0.setDisabled(false, $1) }
    }
  }
}

struct TokenDisable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Disable a token until it is enabled again.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress

  func run() throws {
    try global.run { session in
      try session.changeToken("disabled", find: address.find) { try $0.setDisabled(true, $1) }
    }
  }
}

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

struct TokenRename: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Rename a token.",
    usage: "popsec token rename USER TOKEN NEW-NAME\n       popsec token rename --id ID NEW-NAME")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: TokenOptions

  @Argument(help: ArgumentHelp("The API user's name, the token's name and the new one.", valueName: "name"))
  var names: [String]

  func validate() throws {
    guard names.count == (options.id == nil ? 3 : 1) else {
      throw ValidationError("name an API user, its token and the new name, or give --id and the new name")
    }
  }

  func run() throws {
    guard let last = names.last else { return }
    let becomes = try Name(argument: last)
    try global.run { session in
      try session.changeToken("renamed", find: { try options.find(names, $0) }) {
        try $0.rename($1, to: becomes)
      }
    }
  }
}

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
      // A revoked token is refused first, so that nobody has to type a name for nothing.
      guard token.revokedAt == nil else { throw AdministrationError.tokenRevoked(token.name) }
      let what = "revoke this token of \(quoted(account.name.text))"
      try Asking.confirm(what, named: token.name, noting: TakingBack.never, yes: yes)
      try session.changeToken("revoked", find: { try $0.token(id: token.id.description) }) {
        try $0.revoke($1)
      }
    }
  }
}
