import Access
import Administration
import ArgumentParser
import Store

struct LawExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell what a law says, whom it means, and why it holds or is broken.",
    discussion: """
      With --api-user or --user it tells of that one: whether the law means it, and why it holds or what breaks it. \
      The exit status is 1 where that one breaks the law.

      Examples:
        popsec law explain 'one country'
        popsec law explain 'one country' --api-user 'Portal Mexico'
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The law's name.", completion: .names(.laws))
  var name: String

  @Option(help: ArgumentHelp("Tell of this API user.", valueName: "name"), completion: .names(.apiUsers))
  var apiUser: String?

  @Option(help: ArgumentHelp("Tell of this user.", valueName: "name"), completion: .names(.users))
  var user: String?

  func validate() throws {
    if apiUser != nil, user != nil { throw ValidationError("give only one of --api-user and --user") }
  }

  func run() throws {
    var isBroken = false
    try global.run { session in
      let (meaning, verdict) = try session.administration.meaning { reader in
        let finder = Finder(reader: reader, now: session.administration.now)
        return (try finder.law(name), try account(finder))
      }
      if case .broken? = verdict?.standing { isBroken = true }
      let record = LawExplanationRecord(meaning: meaning, verdict: verdict)
      try session.show(record) { _ in
        for line in record.lines { try session.output.line(session.output.shown(line)) }
      }
    }
    if isBroken { throw ExitCode(ExitStatus.denied.rawValue) }
  }

  private func account(_ finder: Finder) throws -> Account? {
    if let apiUser { return try finder.account(.apiUser, apiUser) }
    return try user.map { try finder.account(.user, $0) }
  }
}
