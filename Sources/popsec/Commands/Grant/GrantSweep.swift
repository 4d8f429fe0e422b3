import Access
import Administration
import ArgumentParser
import Store

struct GrantSweep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Take away the grants, system roles and memberships that are over.",
    discussion: """
      What is over gives nothing, so that nobody's access changes. All of it goes in one transaction, with a row \
      in the audit log for each; popsec undo brings it back, still over. grant list --ended shows what would go.

      Examples:
        popsec grant sweep --dry-run
        popsec grant sweep --before 2027-01-01 --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp(
      "Only what ended at this instant or before: a day or a time as in 2027-02-21T00:00:00Z.",
      valueName: "when"), completion: .names(.earlierTimes))
  var before: String?

  @OptionGroup var change: ChangeOptions

  func run() throws {
    Interruption.begin()
    try global.run { session in
      let instant = try instant(session.administration.now)
      let ended = try session.read { try EndedHoldings(by: instant, $0) }
      guard !ended.holdings.isEmpty else {
        if session.isForPrograms {
          return try session.output.value(SweepRecord(ended, isDone: false, effect: nil))
        }
        return try session.output.line("nothing is over")
      }
      try carryOut(ended, instant, session)
    }
  }

  private func carryOut(_ ended: EndedHoldings, _ instant: Timestamp, _ session: Session) throws {
    let effect = try TriedEffect {
      try session.withProgress("looking what it does") { progress in
        try session.administration.effect(of: { administration in
          try administration.change { change in _ = try change.sweep(endedBy: instant, progress: progress) }
        })
      }
    }
    let isDone = try session.carryOut(
      effect, asking: .count("take away what is over", ended.holdings.count),
      dryRun: change.dryRun, yes: change.yes, telling: { try session.output.table(ended.records) },
      making: { administration in
        try session.withProgress("taking away") { progress in
          try administration.change { _ = try $0.sweep(endedBy: instant, progress: progress) }
        }
      })
    if session.isForPrograms {
      return try session.output.value(SweepRecord(ended, isDone: isDone, effect: effect.effect))
    }
    if isDone { try session.output.line("done") }
  }

  private func instant(_ now: Timestamp) throws(Trouble) -> Timestamp {
    guard let before else { return now }
    let instant = try InstantArgument.instant(before, now: now)
    guard instant <= now else {
      throw Trouble(
        "\(quotedExcerpt(before)) lies in the future, and only what is over can be taken away",
        hint: "leave --before out to take away all that is over now", exitStatus: .badData)
    }
    return instant
  }
}

/// What was, or would be, taken away because it is over, as JSON. Scripts rely on the keys.
struct SweepRecord: PrintedObject {
  let ended: [EndedRecord]
  /// Whether it was taken away.
  let applied: Bool
  /// The effect; null where it could not be computed, or where nothing is over.
  let effect: EffectRecord?

  static let columns: [Column<Self>] = [
    .data("ended") { $0.ended },
    .data("applied") { $0.applied },
    .data("effect") { $0.effect },
  ]

  init(_ ended: EndedHoldings, isDone: Bool, effect: AccessEffect?) {
    self.ended = ended.records
    applied = isDone
    self.effect = effect.map(EffectRecord.init)
  }
}
