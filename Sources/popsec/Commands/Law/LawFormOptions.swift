import Access
import ArgumentParser
import Store

/// What a law says: one of five forms, whom it means, and what it is about.
struct LawFormOptions: ParsableArguments {
  @Flag(help: "Nobody whom the law means can see any of it.")
  var never = false

  @Flag(help: "Nobody whom the law means can see some of both parts at one instant.")
  var apart = false

  @Option(
    help: ArgumentHelp("They see only what this team is granted itself.", valueName: "team"),
    completion: .names(.teams))
  var within: String?

  @Flag(help: "Each of them has an owner who is not disabled.")
  var owned = false

  @Option(help: ArgumentHelp("Their tokens last at most so many days.", valueName: "days"))
  var maxDays: Int?

  @Flag(help: "Their tokens expire at all.")
  var expiring = false

  @Flag(help: "Their tokens are limited to networks.")
  var networksRequired = false

  @Flag(help: "Their tokens are limited to widgets or endpoints.")
  var limited = false

  @Option(help: ArgumentHelp("Their tokens are not unused for so many days.", valueName: "days"))
  var unusedDays: Int?

  @OptionGroup var who: LawWhoOptions
  @OptionGroup var what: LawPartOptions
  @OptionGroup var other: LawOtherPartOptions

  private var isAboutTokens: Bool {
    maxDays != nil || unusedDays != nil || expiring || networksRequired || limited
  }

  private var formCount: Int {
    [never, apart, within != nil, owned, isAboutTokens].count(where: \.self)
  }

  var isEmpty: Bool { formCount == 0 && who.isEmpty && what.part.isEmpty && other.part.isEmpty }

  func validate() throws {
    guard formCount <= 1 else {
      throw ValidationError(
        "a law says one thing: --never, --apart, --within, --owned, or what it demands of tokens")
    }
    guard !isEmpty else { return }
    guard formCount == 1 else {
      throw ValidationError(
        "say what the law demands, with --never, --apart, --within, --owned or --max-days")
    }
    if who.isEmpty { throw ValidationError("say whom the law means, as with --all-api-users or --user-team") }
    if never || apart {
      guard what.connector != nil else {
        throw ValidationError("name what the law is about with --connector")
      }
    } else if !what.part.isEmpty {
      throw ValidationError("--connector and what belongs to it go with --never and --apart")
    }
    guard apart != other.part.isEmpty else {
      throw ValidationError(
        apart
          ? "name the second part, as with --and-company" : "--and-connector and the like go with --apart")
    }
  }

  /// Errors: ``Trouble`` for what can't be so.
  func form(_ finder: Finder) throws -> LawForm<AsWritten> {
    let who = try who.who()
    if never { return .never(who, try what.part.what(otherwise: nil, finder)) }
    if apart {
      return .apart(
        who, try what.part.what(otherwise: nil, finder),
        try other.part.what(otherwise: what.connector, finder))
    }
    if let within { return .within(who, try Name(argument: within)) }
    if owned { return try lawful { () throws(LawProblem) in try .owned(checked: who) } }
    return try lawful { () throws(LawProblem) in
      .tokens(
        who,
        try TokenDemands(
          maximumDays: maxDays, isExpiring: expiring, needsNetworks: networksRequired, needsPlaces: limited,
          unusedDays: unusedDays))
    }
  }
}

/// Who is excepted from a law.
struct LawExceptionArgument {
  let apiUser: Name
  let until: Timestamp

  /// Reads `NAME=UNTIL`. The name may have an equals sign.
  ///
  /// Errors: ``Trouble`` for what is no exception, and for an end that is over.
  init(_ argument: String, now: Timestamp) throws(Trouble) {
    guard let sign = argument.lastIndex(of: "=") else { throw Self.malformed(argument) }
    apiUser = try Name(argument: String(argument[..<sign]))
    let end = try InstantArgument.end(
      String(argument[argument.index(after: sign)...]), now: now,
      laterHint: "give a later end: \(Self.example)")
    guard let end else {
      throw Trouble(
        "an exception has an end", hint: Self.example, exitStatus: .badData)
    }
    until = end
  }

  private static let example = "write NAME=UNTIL, as in 'Portal=+14d'"

  private static func malformed(_ argument: String) -> Trouble {
    Trouble(
      "\(quotedExcerpt(argument)) is no exception", hint: example, exitStatus: .badData)
  }
}
