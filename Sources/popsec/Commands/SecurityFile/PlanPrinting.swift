import Access
import Administration
import Interchange

/// A security file with its plan, and the effect of the plan on who may see what.
struct PlannedFile {
  let file: SecurityFile
  let source: [UInt8]
  let plan: Plan
  /// The effect; nil where it was not computed.
  let effect: AccessEffect?
  /// The reason why the effect was not computed.
  let obstacle: String?

  /// The greatest number of changes in a plan that is tried out, because a trial prevents others from
  /// writing.
  static let mostRehearsed = 2_000
}

extension Session {
  /// Reads and plans a security file, with a progress bar.
  func planned(_ path: String) throws -> PlannedFile {
    let input = InputFile(path: path)
    let source = try input.bytes()
    let file = try withProgress("reading") { _ in try SecurityFile.parse(source, named: input.name) }
    let plan = try withProgress("planning") { try administration.plan(file, progress: $0) }
    if plan.isEmpty {
      return PlannedFile(file: file, source: source, plan: plan, effect: AccessEffect(), obstacle: nil)
    }
    guard plan.changes.count <= PlannedFile.mostRehearsed else {
      let obstacle =
        "there are more than \(PlannedFile.mostRehearsed) changes; ask popsec access and check afterwards"
      return PlannedFile(file: file, source: source, plan: plan, effect: nil, obstacle: obstacle)
    }
    do {
      let effect = try withProgress("looking what it does") { progress in
        try administration.effect(of: { try $0.apply(file, expecting: plan, progress: progress) })
      }
      return PlannedFile(file: file, source: source, plan: plan, effect: effect, obstacle: nil)
    } catch let complaint as any Complaint {
      // A person who may plan need not be able to apply. Without the seal key, for example, no token can be
      // made.
      return PlannedFile(file: file, source: source, plan: plan, effect: nil, obstacle: complaint.message)
    }
  }

  func withProgress<Result>(
    _ label: String, _ body: (_ progress: (Int, Int) -> Void) throws -> Result
  ) rethrows -> Result {
    let bar = ProgressBar(label)
    defer { bar.finish() }
    return try body { bar.tell($0, of: $1) }
  }

  /// Does the same for a task whose end is not known.
  func withCount<Result>(
    _ label: String, _ body: (_ progress: (Int) -> Void) throws -> Result
  ) rethrows -> Result {
    let bar = ProgressBar(label)
    defer { bar.finish() }
    return try body { bar.tell($0, of: nil) }
  }

  /// Prints a plan and its effect for people, before a question or alone.
  func tell(_ planned: PlannedFile, entriesPerSection limit: Int) throws {
    try tellPlan(planned, entriesPerSection: limit)
    guard !planned.plan.isEmpty else { return }
    try tellEffect(planned.effect, obstacle: planned.obstacle, limit: limit)
  }

  /// Prints a plan without its effect.
  func tellPlan(_ planned: PlannedFile, entriesPerSection limit: Int) throws {
    let plan = planned.plan
    for text in plan.text(entriesPerSection: limit) { try output.line(output.shown(text)) }
    try output.line(plan.isEmpty ? "nothing to do" : plan.summary)
    let removed = Set(plan.changes.filter { $0.kind == .removed }.map(\.section))
    if !removed.subtracting([.laws]).isEmpty {
      try output.line(TakingBack.removing(days: administration.retentionDays, hasTokens: true))
    }
    if removed.contains(.laws) { try output.line(TakingBack.removingLaws) }
  }

  /// Prints the effect of a change on who may see what, for people; nil where it was not computed.
  func tellEffect(_ effect: AccessEffect?, obstacle: String?, limit: Int) throws {
    try output.line("effect on access")
    guard let effect else {
      return try output.line(output.shown("  not looked at: \(obstacle ?? "")"))
    }
    if effect.takesTwo { try output.line("  ! \(EffectWords.waiting)") }
    let lines = EffectWords(effect).lines
    for line in lines.prefix(limit) { try output.line(output.shown("  \(line.tone.sign) \(line.text)")) }
    if lines.count > limit { try output.line("  … and \(lines.count - limit) more") }
  }
}

extension EffectLine.Tone {
  fileprivate var sign: String {
    switch self {
    case .warning: "!"
    case .gain: "+"
    case .loss: "-"
    case .summary: "="
    }
  }
}
