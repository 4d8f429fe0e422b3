import Access
import Administration
import ArgumentParser
import Glibc
import Store

struct InboxPropose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose",
    abstract: "Propose the smallest change that would allow what was denied, to those who may make it.",
    discussion: """
      Takes the id of a denial, or a request as explain takes it. Whoever may make the change agrees in the \
      Inbox, which carries it out with their rights. With --wait, exits 0 once it is carried out, 1 where it \
      was declined, withdrawn or expired, and 75 where it still waits after --at-most.

      Examples:
        popsec inbox propose --fix-of 12 --reason 'month end' --until +14d
        popsec inbox propose --api-user 'Portal Mexico' --widget 'Sales MX' --company MX --reason 'month end' --wait
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var request: RequestOptions

  @Option(help: ArgumentHelp("The denial of the gate that is to be mended.", valueName: "id"))
  var fixOf: String?

  @Option(
    help: ArgumentHelp(
      "Which of several equally small changes; the default is the first.", valueName: "number"))
  var fix = 1

  @Option(help: ArgumentHelp("Why it is needed: 1 to 500 characters.", valueName: "text"))
  var reason: String

  @Option(
    help: ArgumentHelp(
      "When what is given ends, as in +14d or 2027-02-21T00:00:00Z; the default is no end.",
      valueName: "when"), completion: .names(.laterTimes(ends: true)))
  var until: String?

  @Flag(help: "Wait until somebody has decided.")
  var wait = false

  @Option(
    help: ArgumentHelp(
      "The most seconds to wait; the default is until it expires.", valueName: "seconds"))
  var atMost: Int?

  func validate() throws {
    if fixOf == nil {
      try request.requireOne()
    } else if !request.isEmpty {
      throw ValidationError("give either --fix-of or a request")
    }
    guard fix > 0 else { throw ValidationError("--fix begins at 1") }
    guard atMost.map({ (0...31_536_000).contains($0) }) ?? true else {
      throw ValidationError("--at-most takes 0 to 31536000 seconds")
    }
    guard atMost == nil || wait else { throw ValidationError("--at-most needs --wait") }
  }

  func run() throws {
    let reason = try Reason(argument: reason)
    var verdict = ExitStatus.success
    try global.run { session in
      let proposal = try propose(session, reason)
      guard wait else { return try session.tellDecided(proposal.number, "waits for somebody who may do it") }
      if !session.isForPrograms {
        try session.output.line("proposal \(proposal.number) waits for somebody who may do it")
        try session.output.flush()
      }
      verdict = try session.wait(for: proposal.number, atMost: atMost)
    }
    if verdict != .success { throw ExitCode(verdict.rawValue) }
  }

  private func propose(_ session: Session, _ reason: Reason) throws -> Proposal {
    let administration = session.administration
    let until = try until.flatMap { try InstantArgument.end($0, now: administration.now) }
    let denial = try fixOf.map { try session.denial($0) }
    let request = try denial.map { try administration.request(of: $0) } ?? self.request.request(session)
    let mendings = try administration.mendings(of: request)
    guard mendings.indices.contains(fix - 1) else {
      throw Trouble(
        "there is no change \(fix)", hint: "there are \(mendings.count)", exitStatus: .badData)
    }
    if mendings.count > 1 {
      for (index, mending) in mendings.enumerated() {
        let mark = index + 1 == fix ? "*" : " "
        Asking.say(session.output.shown("\(mark) --fix \(index + 1): \(mending.words)"))
      }
    }
    return try session.changing {
      try $0.propose(
        MendingRequest(
          mendings[fix - 1], allowing: request, because: reason, until: until, after: denial?.decision))
    }
  }
}

extension Session {
  /// A denial of the gate that is still kept.
  func denial(_ text: String) throws -> Denial {
    guard let id = DecisionID(rawValue: text.lowercased()), let denial = try administration.denial(id) else {
      throw Trouble(
        "no denial \(quotedExcerpt(text)) is kept",
        hint: "what was allowed is not kept, and denials for a time only; popsec denials lists them",
        exitStatus: .noInput)
    }
    return denial
  }

  /// Waits until somebody has decided about a proposal, and tells what became of it.
  fileprivate func wait(for number: Int64, atMost seconds: Int?) throws -> ExitStatus {
    let start = ContinuousClock.now
    while true {
      let proposal = try administration.proposal(number)
      let hasTime = seconds.map { ContinuousClock.now - start < .seconds($0) } ?? true
      if proposal.isOpen(at: administration.now), hasTime {
        usleep(Self.pauseMicroseconds)
        continue
      }
      let words = proposal.stateWords(at: administration.now)
      try tell(
        ProposalRecord(proposal, now: administration.now),
        output.shown("proposal \(number) \(words)" + (proposal.because.map { ": \($0)" } ?? "")))
      if proposal.isOpen(at: administration.now) { return .waiting }
      return proposal.state == .done ? .success : .denied
    }
  }

  /// How long it pauses before it looks again.
  private static var pauseMicroseconds: UInt32 { 500_000 }
}

extension Reason {
  /// Reads a reason that a person typed.
  init(argument: String) throws(Trouble) {
    do { self = try Reason(argument) } catch {
      throw Trouble(error.description, hint: "say in 1 to 500 characters why", exitStatus: .badData)
    }
  }
}
