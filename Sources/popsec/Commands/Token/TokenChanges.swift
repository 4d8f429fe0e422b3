import Access
import Administration
import ArgumentParser
import Store

struct TokenEnable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Enable a token again.",
    discussion: """
      Examples:
        popsec token enable 'Portal Mexico' portal
        popsec token enable --id 1qjob8hhi3e5e
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress
  @OptionGroup var options: ChangeOptions

  func run() throws {
    try global.run { session in
      try session.changeToken("enabled", options, find: address.find) { try $0.setDisabled(false, $1) }
    }
  }
}

struct TokenDisable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Disable a token until it is enabled again.",
    discussion: """
      Examples:
        popsec token disable 'Portal Mexico' portal
        popsec token disable --id 1qjob8hhi3e5e
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress
  @OptionGroup var options: ChangeOptions

  func run() throws {
    try global.run { session in
      try session.changeToken("disabled", options, find: address.find) { try $0.setDisabled(true, $1) }
    }
  }
}

struct TokenExpire: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set-expiry", abstract: "Change when a token ends, or when it becomes valid.",
    discussion: """
      Examples:
        popsec token set-expiry 'Portal Mexico' portal --expires +30d
        popsec token set-expiry 'Portal Mexico' portal --expires never --from 2027-02-21
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress
  @OptionGroup var options: ChangeOptions

  @Option(
    help: ArgumentHelp(
      "When the token ends: never, a number of days as in 30d or +30d, or a date as in 2027-02-21T00:00:00Z.",
      discussion: "A day alone means its first second in UTC.", valueName: "when"),
    completion: .names(.laterTimes(ends: true)))
  var expires: String?

  @Option(
    help: ArgumentHelp(
      "When the token becomes valid: written as for --expires; none for when it was made.", valueName: "when"),
    completion: .names(.laterTimes(ends: false)))
  var from: String?

  func validate() throws {
    if expires == nil, from == nil { throw ValidationError("give --expires or --from") }
  }

  func run() throws {
    try global.run { session in
      let now = session.administration.now
      let expiry = try ExpiryArgument.expiry(expires, now: now)
      let start = try start(now)
      try session.changeToken(
        expiry == nil ? "changed the beginning of" : "changed the expiry of", options, find: address.find
      ) { change, id in
        guard let present = try change.reader.token(id) else { return }
        try change.setValidity(from: start ?? present.validFrom, expiry ?? present.expiry, of: id)
      }
    }
  }

  /// The beginning; nil where none is given, and nil within that where it is taken away.
  private func start(_ now: Timestamp) throws -> Timestamp?? {
    guard let from else { return nil }
    if from.lowercased() == "none" { return .some(nil) }
    return try InstantArgument.instant(from, now: now)
  }
}

struct TokenRename: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Rename a token.",
    usage: "popsec token rename USER TOKEN NEW-NAME\n       popsec token rename --id ID NEW-NAME",
    discussion: """
      Examples:
        popsec token rename 'Portal Mexico' portal shop
        popsec token rename --id 1qjob8hhi3e5e shop
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var token: TokenOptions
  @OptionGroup var options: ChangeOptions

  @Argument(
    help: ArgumentHelp("The API user's name, the token's name and the new one.", valueName: "name"),
    completion: .names(.tokenHoldersAndTokens))
  var names: [String]

  func validate() throws {
    guard names.count == (token.id == nil ? 3 : 1) else {
      throw ValidationError("name an API user, its token and the new name, or give --id and the new name")
    }
  }

  func run() throws {
    guard let last = names.last else { return }
    let becomes = try Name(argument: last)
    try global.run { session in
      try session.changeToken("renamed", options, find: { try token.find(names, $0) }) {
        try $0.rename($1, to: becomes)
      }
    }
  }
}

struct TokenRevoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Revoke a token, for good.",
    discussion: """
      Whoever holds the Token ID is denied from now on, so nothing is asked. Revoking can't be undone; \
      token disable can.

      Examples:
        popsec token revoke 'Portal Mexico' portal
        popsec token revoke 'Portal Mexico' portal --dry-run
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress
  @OptionGroup var options: ChangeOptions

  func run() throws {
    try global.run { session in
      try session.changeToken("revoked", options, find: address.findRevokedToo) { change, id in
        if try change.reader.token(id)?.revokedAt == nil { try change.revoke(id) }
      }
    }
  }
}
