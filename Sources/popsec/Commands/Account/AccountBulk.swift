import Access
import Administration
import ArgumentParser

struct AccountBulk<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "bulk", abstract: "Do something with many \(Of.kind.plural) at once.",
      discussion: """
        \(BulkOptions.discussion)

        Examples:
          popsec \(Of.kind.command) bulk disable --matching portal --dry-run
          popsec \(Of.kind.command) bulk add-to-team --team 'Sales MX' --names-file names.txt
          popsec \(Of.kind.command) bulk copy-rights --rights-of Portal 'Portal MX' 'Portal US'
          popsec \(Of.kind.command) bulk set-expiry --expires 30d --all --yes
        """)
  }

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: BulkOptions

  @OptionGroup var filter: Of.Filter

  func validate() throws { try options.requireTargets(isFiltered: filter.isGiven) }

  func run() throws {
    Interruption.begin()
    try global.run { session in
      let action = try options.action(Of.kind, session)
      try session.carryOut(
        options.change,
        planning: { try action.plan(on: options.targets(Of.kind, filter, session), session.administration) },
        words: { BulkWords($0, Of.kind) }, record: { BulkRecord($0, Of.kind, effect: $1, isDone: $2) })
    }
  }
}

extension Session {
  /// The number of lines of the effect that are shown before the question.
  private static var shownBulkLines: Int { 20 }

  /// Plans what is done with many, shows the plan with its effect, asks, and carries it out.
  func carryOut<Action: BulkActing>(
    _ change: ChangeOptions, planning: () throws -> PlanOfMany<Action>,
    words: (PlanOfMany<Action>) -> some PlanWording,
    record: (PlanOfMany<Action>, AccessEffect?, _ isDone: Bool) -> some Printed
  ) throws {
    let plan = try withProgress("planning") { _ in try planning() }
    let words = words(plan)
    guard !plan.isEmpty else { return try tell(record(plan, AccessEffect(), false), words.nothing) }
    let effect = try TriedEffect {
      try withProgress("looking what it does") { try administration.effect(of: plan, progress: $0) }
    }
    let isDone = try carryOut(
      effect, asking: .count(words.title.lowercasingFirst, plan.ids.count),
      dryRun: change.dryRun, yes: change.yes, limit: Self.shownBulkLines,
      telling: { try tell(words) },
      making: { administration in
        try withProgress("working") { try administration.carryOut(plan, progress: $0) }
      })
    if isForPrograms { return try output.value(record(plan, effect.effect, isDone)) }
    if isDone { try output.line("done") }
  }

  private func tell(_ words: some PlanWording) throws {
    try output.line(output.shown(words.title))
    for point in words.points { try output.line(output.shown("  " + point)) }
  }
}

/// What was, or would be, done with many accounts, as JSON. Scripts rely on the keys.
struct BulkRecord: PrintedObject {
  let action: String
  let kind: Word<AccountKind>
  /// The number of accounts that were meant, including those that need no change.
  let meant: Int
  /// The ids of the accounts that need a change.
  let accounts: [String]
  /// The number of tokens that change.
  let tokens: Int
  /// Whether the change was made.
  let applied: Bool
  /// The effect; null where it could not be computed.
  let effect: EffectRecord?

  static let columns: [Column<Self>] = [
    .data("action") { $0.action },
    .data("kind") { $0.kind },
    .data("meant") { $0.meant },
    .data("accounts") { $0.accounts },
    .data("tokens") { $0.tokens },
    .data("applied") { $0.applied },
    .data("effect") { $0.effect },
  ]

  init(_ plan: BulkPlan, _ kind: AccountKind, effect: AccessEffect?, isDone: Bool) {
    action = plan.action.verb.rawValue
    self.kind = Word(kind)
    meant = plan.meantCount
    accounts = plan.accounts.map(\.description)
    tokens = plan.tokenCount
    applied = isDone
    self.effect = effect.map(EffectRecord.init)
  }
}
