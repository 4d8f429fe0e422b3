import Access
import Administration

extension Session {
  /// Tries a change, shows what it does, asks, makes the change, and tells what was done. A change that
  /// changes nothing asks nothing.
  ///
  /// - Parameters:
  ///   - ask: the question, for what the trial found.
  ///   - remark: what a person should know of the change besides, for what the trial found.
  ///   - notes: what a person should know before answering.
  ///   - body: the change. It is called once for the trial, and once more to make the change, so that all that
  ///     depends on the time must be read before.
  func make<Result>(
    _ options: ChangeOptions, asking ask: (ChangeTrial<Result>) -> Question,
    remarking remark: (ChangeTrial<Result>) -> String? = { _ in nil }, noting notes: [String] = [],
    _ body: (Change) throws -> Result
  ) throws {
    try output.requireNoColumns()
    let trial = try administration.trial(of: body, isMeant: !options.dryRun)
    guard !trial.isEmpty else {
      return try tell(ChangeRecord(trial), "nothing to do: all is like that already")
    }
    var number: Int64?
    let isDone = try carryOut(
      TriedEffect(trial.effect, obstacle: trial.obstacle), asking: ask(trial), dryRun: options.dryRun,
      yes: options.yes, telling: { try tell(trial, notes) },
      making: { number = try $0.change(body, asTried: trial) }
    )
    if isForPrograms { return try output.value(ChangeRecord(trial, isDone: isDone, number: number)) }
    if let remark = remark(trial) { try output.line(output.shown(remark)) }
    guard isDone else { return }
    try output.lines(
      "done" + (trial.title.map { ": \($0)" } ?? "") + (number.map { " (change \($0))" } ?? ""))
  }

  /// Makes a change that gives or takes access. Without a yes it asks at a terminal.
  func make<Result>(
    _ options: ChangeOptions, asking what: String,
    remarking remark: (ChangeTrial<Result>) -> String? = { _ in nil },
    _ body: (Change) throws -> Result
  ) throws {
    try make(options, asking: { .yes(what, $0.summary) }, remarking: remark, body)
  }

  /// Shows what a change would do, and changes nothing.
  func show(_ body: (Change) throws -> Void) throws {
    try output.requireNoColumns()
    let trial = try administration.trial(of: body, isMeant: false)
    if isForPrograms { return try output.value(ChangeRecord(trial)) }
    try tell(trial)
    try tellEffect(trial.effect, obstacle: trial.obstacle, limit: Self.shownLines)
  }

  private func tell(_ trial: ChangeTrial<some Any>, _ notes: [String] = []) throws {
    for line in trial.lines { try output.line(line.sign + output.shown(line.text)) }
    for note in notes { try output.line(output.shown(note)) }
    // The effect tells this, where there is one.
    if trial.effect == nil, trial.takesTwo { try output.line("! \(EffectWords.waiting)") }
  }
}

extension ChangeTrial {
  fileprivate var summary: String { effect.map { EffectWords($0).summary } ?? title ?? "" }
}

/// What a command changed, or would change, as JSON. Scripts rely on the keys.
struct ChangeRecord: PrintedObject {
  /// What is done, in words of the past; null where nothing is to be done.
  let title: String?
  let changes: [ProposalRecord.ChangeRecord]
  /// The number of changes; `changes` has the first of them.
  let count: Int
  /// Whether the change was made.
  let applied: Bool
  /// The number by which `popsec undo` takes the change back; null where nothing was changed.
  let number: Int64?
  /// Whether a second person has to agree.
  let takesTwo: Bool
  /// The effect; null where the operator may not see it.
  let effect: EffectRecord?

  static let columns: [Column<Self>] = [
    .data("title") { $0.title },
    .data("changes") { $0.changes },
    .data("count") { $0.count },
    .data("applied") { $0.applied },
    .data("number") { $0.number },
    .data("takesTwo") { $0.takesTwo },
    .data("effect") { $0.effect },
  ]

  init(_ trial: ChangeTrial<some Any>, isDone: Bool = false, number: Int64? = nil) {
    title = trial.title
    changes = trial.rows.map(ProposalRecord.ChangeRecord.init)
    count = trial.rowCount
    applied = isDone
    self.number = number
    takesTwo = trial.takesTwo
    effect = trial.effect.map(EffectRecord.init)
  }
}
