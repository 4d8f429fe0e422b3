import Access
import Administration
import ArgumentParser
import Store

struct NotifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Tell of tokens that end, and of all else that somebody should know.",
    discussion:
      "Without a further word it looks and hands over: popsec notify send --help lists the options.",
    subcommands: [NotifySend.self, NotifyList.self], defaultSubcommand: NotifySend.self)
}

struct NotifySend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Look for what is new, and hand it over.",
    discussion: """
      It tells once of each threshold that was passed, and then ends: a timer runs it again. Events are \
      CloudEvents 1.0 in JSON, one a line on standard output, or each on the standard input of the program. The \
      program ends with 0 where the event is delivered, with 65 where it never will be; after anything else it is \
      tried again, later and later, and events behind it wait. Resources/docs/notices.md tells all of it.

      Examples:
        popsec notify send --program ./sendmail.sh --dry-run
        popsec notify send --once --program /usr/local/bin/sendmail.sh -- ops@example.com
      """)

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Look and hand over once, and end.")
  var once = false

  @Flag(help: "Print what would be handed over, and remember nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "The program that each event is handed to.",
      discussion: "Nobody but this account and root may be able to change it.", valueName: "path"))
  var program: String?

  @Option(
    help: ArgumentHelp(
      "A file with the secret that the receiver shares, as whsec_ and base64.",
      discussion: "The program is given a signature by it, as Standard Webhooks has one, and not the secret.",
      valueName: "file"), completion: .file())
  var secretFile: String?

  @Option(help: ArgumentHelp("So long the program may take for one event.", valueName: "seconds"))
  var timeLimit = 60

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("What the program is given as its arguments.", valueName: "argument"))
  var arguments: [String] = []

  func validate() throws {
    guard once || dryRun else { throw ValidationError("it runs once: say --once, or --dry-run") }
    guard (1...3_600).contains(timeLimit) else { throw ValidationError("--time-limit takes 1 to 3600") }
    guard program != nil || (secretFile == nil && arguments.isEmpty) else {
      throw ValidationError("a secret and arguments need --program")
    }
  }

  func run() throws {
    try Caller.current.requireLocal("popsec notify")
    let receiver = try receiver()
    let location = try global.location()
    try global.run { session in
      if dryRun { return try preview(session, location) }
      try hand(over: receiver, session, location)
    }
  }

  private func receiver() throws -> NoticeProgram? {
    guard let program else { return nil }
    return try NoticeProgram(
      program, arguments, secretFile: secretFile, seconds: timeLimit, Caller.current.environment)
  }

  /// The problems that `popsec doctor` finds in the store. A condition of its own checks the audit log.
  private func health(_ location: StoreLocation) -> [NoticeFinding] {
    StoreChecks(location: location, verifiesAudit: false).all.filter { $0.verdict == .bad }.map {
      NoticeFinding(subject: $0.subject, text: $0.text)
    }
  }

  private func preview(_ session: Session, _ location: StoreLocation) throws {
    let administration = session.administration
    let search = try administration.noticesToCome(health: { health(location) })
    let waiting = try administration.waitingNotices(limit: .max).map(\.event)
    for event in waiting + search.raised {
      try session.output.encoded(line: try administration.cloudEvent(event).json)
    }
    try session.output.flush()
    try NoticeReport(search: search, run: nil, now: administration.now).tell()
  }

  private func hand(over receiver: NoticeProgram?, _ session: Session, _ location: StoreLocation) throws {
    let administration = session.administration
    let search = try administration.raiseNotices(health: { health(location) })
    // An attempt may take 30 seconds longer than the program's limit, for ending a killed program and for
    // recording the result.
    let courier = NoticeCourier(administration, attemptSeconds: Int64(timeLimit) + 30)
    let run = try courier.run { event, notice in
      if let receiver {
        return receiver.deliver(try event.json, id: event.id, notice, at: administration.now)
      }
      try session.output.encoded(line: try event.json)
      try session.output.flush()
      return .delivered
    }
    try NoticeReport(search: search, run: run, now: administration.now).tell()
  }
}
