import Access
import Administration
import ArgumentParser

struct TokenRotate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Make a new Token ID for a token.",
    discussion: """
      The one before stays valid until the new one is first used, and at the latest until the time that is \
      named; one that is older still ends now. The new one is not printed; token copy gives it.

      Examples:
        popsec token rotate 'Portal Mexico' portal
        popsec token rotate 'Portal Mexico' portal --until +24h
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress
  @OptionGroup var options: ChangeOptions

  @Option(
    help: ArgumentHelp(
      "Until when the one before is valid at the latest, as in 7d or 2027-02-21; now ends it at once.",
      discussion: "\(Change.rotationDays) days from now where nothing is said.", valueName: "when"),
    completion: .names(.laterTimes(ends: false)))
  var until: String?

  func run() throws {
    try global.run { session in
      let now = session.administration.now
      let end = try end(now)
      let (_, token) = try session.find(address.find)
      let older = try session.administration.usage(of: [token])[token.id]?.olderValid(of: token, at: now)
      try session.changeToken("rotated", options, find: address.find) {
        try $0.rotate($1, olderValidUntil: end)
      }
      if session.isForPrograms || options.dryRun { return }
      try session.output.line(
        end > now
          ? "the Token ID before is valid until the new one is used, at the latest \(end.minute) UTC"
          : "the Token ID before is no longer valid")
      if let older {
        try session.output.line("nor is \(older.hint.masked), an older one that was valid until now")
      }
    }
  }

  private func end(_ now: Timestamp) throws -> Timestamp {
    if until?.lowercased() == "now" { return now }
    guard let expiry = try ExpiryArgument.expiry(until, now: now) else {
      return now.adding(days: Change.rotationDays)
    }
    guard let end = expiry.timestamp else {
      throw Trouble(
        "the Token ID before must end some time", hint: "write 7d, 2027-02-21 or now", exitStatus: .badData)
    }
    guard end > now else {
      throw Trouble(
        "\(end.minute) UTC lies in the past", hint: "write now to end the Token ID before at once",
        exitStatus: .badData)
    }
    return end
  }
}
