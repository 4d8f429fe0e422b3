import Access
import Administration
import ArgumentParser
import Interchange
import Store

struct InboxAgree: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agree", abstract: "Agree to a proposal, as a second person.",
    discussion: """
      The proposal is shown first, and you are asked. Agreeing carries out changes and files.

      Examples:
        popsec inbox agree 7
        popsec inbox agree 7 --yes
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var proposal: ProposalArgument

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    try global.run { session in
      if !yes { try ask(session) }
      let agreed = try session.administration.agree(to: proposal.number)
      try session.tellDecided(
        agreed.number, agreed.kind.isCarriedOut ? "carried out" : "agreed to: \(agreed.asker) may do it now")
    }
  }
}

extension InboxAgree {
  private func ask(_ session: Session) throws {
    let shown = try session.looked(at: proposal.number)
    // A proposal to which nobody can agree is refused before a question is asked.
    guard shown.preview.proposal.isOpen(at: shown.now), shown.preview.obstacle == nil else { return }
    if !session.isForPrograms, Asking.canAsk {
      try session.tell(shown)
      try session.output.flush()
    }
    try Asking.confirm("agree to this", shown.preview.proposal.agreeingWords, yes: false)
  }
}

struct InboxDecline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Decline a proposal: nothing is done.",
    discussion: """
      What somebody proposed who may not do it is declined with a sentence.

      Examples:
        popsec inbox decline 7
        popsec inbox decline 7 --because 'ask the works council first'
      """, aliases: ["refuse"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var proposal: ProposalArgument

  @Option(help: ArgumentHelp("The reason, for whoever asked: 1 to 500 characters.", valueName: "text"))
  var because: String?

  func run() throws {
    let because = try because.map { try Reason(argument: $0) }
    try global.run { session in
      try session.administration.decline(proposal.number, because: because)
      try session.tellDecided(proposal.number, "declined")
    }
  }
}

struct InboxWithdraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Withdraw a proposal of your own.",
    discussion: """
      Examples:
        popsec inbox withdraw 7
        popsec inbox withdraw 7 --json
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var proposal: ProposalArgument

  func run() throws {
    try global.run { session in
      try session.changing { try $0.withdraw(proposal.number) }
      try session.tellDecided(proposal.number, "withdrawn")
    }
  }
}

/// A proposal with the effect that it would have now.
struct LookedAtProposal {
  let preview: ProposalPreview
  /// The effect; nil where it was not computed.
  let effect: AccessEffect?
  let now: Timestamp

  var record: ProposalRecord { ProposalRecord(preview.proposal, preview, now: now) }
}

extension Session {
  func looked(at number: Int64) throws -> LookedAtProposal {
    let preview = try administration.preview(of: number)
    let isTried =
      preview.proposal.kind.isCarriedOut && preview.proposal.state == .waiting && preview.obstacle == nil
      && preview.isShown
    return LookedAtProposal(
      preview: preview, effect: isTried ? try effect(ofProposal: number) : nil, now: administration.now)
  }

  /// Nil for whoever may see the proposal and may not do what it asks for.
  private func effect(ofProposal number: Int64) throws -> AccessEffect? {
    do { return try administration.effect(of: { try $0.tryOut(number) }) } catch let complaint
      as any Complaint
      where complaint.exitStatus == .notPermitted
    { return nil }
  }

  func tell(_ shown: LookedAtProposal) throws {
    let askerID = ("Asker's ID", shown.preview.proposal.askerID?.description ?? "")
    try output.fields((shown.preview.proposal.facts(at: shown.now) + [askerID]).filter { !$0.value.isEmpty })
    guard shown.preview.proposal.state == .waiting else { return }
    try output.line()
    if let obstacle = shown.preview.obstacle {
      return try output.line(output.shown("it can't be carried out: \(obstacle)"))
    }
    for line in shown.preview.lines { try output.line(line.sign + output.shown(line.text)) }
    if !shown.preview.commands.isEmpty { try output.line("by command") }
    for words in shown.preview.commands { try output.line(output.shown("  " + ShellWords.joined(words))) }
    if shown.preview.proposal.kind.isCarriedOut {
      try tellEffect(shown.effect, obstacle: "you may not do it yourself", limit: 50)
    }
    try output.line(output.shown(shown.preview.proposal.agreeingWords))
  }

  func tellDecided(_ number: Int64, _ what: String) throws {
    let proposal = try administration.proposal(number)
    try tell(ProposalRecord(proposal, now: administration.now), "proposal \(number) \(what)")
  }
}

extension ProposalLine {
  var sign: String {
    switch kind {
    case .reason: "! "
    case .heading, .remark: ""
    case .field: "  "
    case .before: "    - "
    case .after: "    + "
    }
  }
}
