import Access
import Administration
import ArgumentParser

struct LawCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Tell what breaks the laws now.",
    discussion: """
      Each breach is told with one counterexample and the commands that show it, at most \(Self.shown) of each law \
      without --all. Laws that only watch are checked, too, and marked. The exit status is 0 where all laws hold, \
      and 1 where one is broken.

      Examples:
        popsec law check
        popsec law check 'one country each' --all
        popsec law check -o jsonl
      """)

  static let shown = 20

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The law's name; without it all laws are checked.", completion: .names(.laws))
  var name: String?

  @Flag(help: "Tell all breaches.")
  var all = false

  func run() throws {
    var isBroken = false
    try global.run { session in
      let survey =
        session.isForPrograms || session.output.options.columns != nil
        ? try list(session) : try tell(session)
      isBroken = survey.entries.contains(where: \.isBroken)
    }
    if isBroken { throw ExitCode(ExitStatus.denied.rawValue) }
  }

  private func list(_ session: Session) throws -> LawSurvey {
    var survey: LawSurvey?
    try session.list(LawBreachRecord.self) { page in
      survey = try withoutActuallyEscaping(page) { page in
        try session.survey(
          bounds, named: name, telling: all ? { try page([LawBreachRecord(breach: $0)]) } : nil)
      }
      for entry in survey?.entries ?? [] { try page(entry.first.map(LawBreachRecord.init)) }
    }
    return try survey ?? session.survey(bounds, named: name)
  }

  private func tell(_ session: Session) throws -> LawSurvey {
    let survey = try session.survey(bounds, named: name, telling: all ? { try session.tell($0) } : nil)
    for entry in survey.entries where entry.isBroken {
      for breach in entry.first { try session.tell(breach) }
      guard !all, entry.count > entry.first.count else { continue }
      let more = (entry.count - entry.first.count).grouped
      let command = ShellWords.joined(["popsec", "law", "check", "--all", "--", entry.law.name.text])
      try session.output.line(session.output.shown("\(entry.law.name.text): and \(more) more: \(command)"))
    }
    for entry in survey.entries where !entry.isBroken {
      try session.output.line(session.output.shown("holds: \(entry.law.marked)"))
    }
    let broken = survey.entries.count(where: \.isBroken)
    try session.output.line("\(survey.entries.count.laws): \(broken == 0 ? "all hold" : "\(broken) broken")")
    return survey
  }

  /// What is told at once needs not be kept.
  private var bounds: LawSurvey.Bounds { LawSurvey.Bounds(kept: all ? 0 : Self.shown) }
}

extension Session {
  /// Tells a breach for people: the law and the counterexample, and below the commands that show it.
  fileprivate func tell(_ breach: ToldBreach) throws {
    try output.line(output.shown("broken: \(breach.law.marked): \(breach.consequence.counterexample)"))
    for command in breach.consequence.commands {
      try output.line("  " + output.shown(ShellWords.joined(command)))
    }
  }
}

extension Law<AsWritten> {
  /// The name, with a mark where the law refuses nothing.
  var marked: String { name.text + mark }
  /// The name in quotation marks, with such a mark.
  var quotedMarked: String { quoted(name.text) + mark }

  private var mark: String { mode == .watch ? " (watch)" : "" }
}

extension Int {
  fileprivate var laws: String { self == 1 ? "1 law" : "\(grouped) laws" }
}
