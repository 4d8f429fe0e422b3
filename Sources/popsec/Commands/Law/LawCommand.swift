import Access
import Administration
import ArgumentParser
import Interchange
import Store

struct LawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "law", abstract: "Laws: what has to hold whatever anybody changes.",
    subcommands: [
      LawList.self, LawShow.self, LawCheck.self, LawExplain.self, LawAdd.self, LawSet.self, LawRemove.self,
    ])
}

struct LawList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the laws.",
    discussion: """
      With --check it also looks how often each law is broken, for which it looks at all whom the laws mean.

      Examples:
        popsec law list
        popsec law list --where 'state:enforce connector:"Business Central"'
        popsec law list --check -o json
      """)

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Also tell how often each law is broken now.")
  var check = false

  @OptionGroup var filter: WhereOptions<WhereLaws>

  func run() throws {
    try global.run { session in
      let written = try filter.written()
      guard check else { return try session.list(try session.laws(written).map(LawRecord.init)) }
      let survey = try session.survey(LawSurvey.Bounds(kept: 0), of: { try $0.laws(written) })
      try session.list(survey.entries.map { CheckedLawRecord(entry: $0) })
    }
  }
}

extension Session {
  /// The laws for which conditions hold, in the order of their names.
  func laws(_ written: WrittenConditions) throws -> [Law<AsWritten>] { try read { try $0.laws(written) } }
}

extension SecurityReader {
  fileprivate func laws(_ written: WrittenConditions) throws -> [Law<AsWritten>] {
    try laws().filter(LawFilter(written).holds)
  }
}

struct LawShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a law as the security file has it.",
    discussion: """
      Names that nothing has so far are told in comments. law add --file and law set --file read what is printed.

      Examples:
        popsec law show 'one country each'
        popsec law show 'one country each' -o json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The law's name.", completion: .names(.laws))
  var name: String

  func run() throws {
    try global.run { session in
      try session.output.requireNoColumns()
      let (meaning, _) = try session.administration.meaning { reader in
        (try Finder(reader: reader, now: session.administration.now).law(name), nil)
      }
      let entry = meaning.law.entry
      switch session.output.options.format {
      case .json, .jsonl, .csv: try session.output.encoded(line: entry.json)
      case .yaml: try session.output.encoded(entry.yaml.utf8)
      case .table:
        try session.output.encoded(entry.yaml.utf8)
        for name in meaning.unknown { try session.output.line("# nothing so far is the \(name)") }
      }
    }
  }
}

extension Finder {
  /// Errors: ``Trouble`` where there is no such law.
  func law(_ argument: String) throws -> Law<AsWritten> {
    let name = try Name(argument: argument)
    if let law = try reader.law(named: NameKey(name)) { return law }
    throw missing("law", name, among: try reader.laws().map(\.name))
  }
}

extension Session {
  /// Looks for what breaks some laws, and shows on a terminal that this takes its time.
  func survey(
    _ bounds: LawSurvey.Bounds, telling: ((ToldBreach) throws -> Void)? = nil,
    of laws: (any SecurityReader) throws -> [Law<AsWritten>]
  ) throws -> LawSurvey {
    try prepareForUnused()
    let bar = ProgressBar("checking the laws")
    defer { bar.finish() }
    let told = telling.map { tell in
      { (breach: ToldBreach) in
        bar.finish()
        try tell(breach)
      }
    }
    return try administration.survey(bounds, telling: told, of: laws)
  }

  /// Looks for what breaks a named law, or for nil all laws.
  func survey(
    _ bounds: LawSurvey.Bounds, named name: String? = nil, telling: ((ToldBreach) throws -> Void)? = nil
  ) throws -> LawSurvey {
    try survey(bounds, telling: telling) { reader in
      guard let name else { return try reader.laws() }
      return [try Finder(reader: reader, now: administration.now).law(name)]
    }
  }

  /// Takes over what gates recorded of the tokens' uses, where a law asks for that.
  private func prepareForUnused() throws {
    let asks = try read { try $0.laws() }.contains { law in
      if case .tokens(_, let demands) = law.form { demands.unusedDays != nil } else { false }
    }
    guard asks else { return }
    try takeOverUses()
  }
}
