import Access
import Administration
import ArgumentParser
import Store

struct InboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox", abstract: "Proposals that wait for somebody to agree.",
    discussion: """
      The settings whose names begin with dual. say what takes two. Who may do it themselves agrees; whoever \
      asked can't, nor a user that they made, or let in, within a day. Who may not make a change proposes it \
      with propose.
      """,
    subcommands: [
      InboxList.self, InboxShow.self, InboxPropose.self, InboxAgree.self, InboxDecline.self,
      InboxWithdraw.self,
    ], defaultSubcommand: InboxList.self)
}

struct InboxList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the proposals that wait, the latest first.",
    discussion: """
      Examples:
        popsec inbox list
        popsec inbox list --all --json
      """)

  @OptionGroup var global: GlobalOptions

  @Flag(help: "List decided and expired proposals as well.")
  var all = false

  func run() throws {
    try global.run { session in
      let now = session.administration.now
      let proposals = try session.administration.proposals().filter { all || $0.isOpen(at: now) }
      if proposals.isEmpty, !session.isForPrograms {
        return try session.output.line(all ? "nothing waits, nor did of late" : "nothing waits")
      }
      try session.list(proposals.map { ProposalRecord($0, now: now) })
    }
  }
}

/// The proposal that is meant.
struct ProposalArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The proposal's number, as popsec inbox list shows it.", valueName: "number"),
    completion: .names(.proposals))
  var number: Int64
}

struct InboxShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a proposal would change, and the effect on access.",
    discussion: """
      Examples:
        popsec inbox show 7
        popsec inbox show 7 --json
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var proposal: ProposalArgument

  func run() throws {
    try global.run { session in
      let shown = try session.looked(at: proposal.number)
      if session.isForPrograms { return try session.output.value(shown.record) }
      try session.tell(shown)
    }
  }
}
