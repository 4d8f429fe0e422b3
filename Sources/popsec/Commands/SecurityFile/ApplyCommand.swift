import Access
import ArgumentParser
import Interchange

struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Make the store equal to a security file.",
    discussion: """
      Sections that the file has are made equal to it: what is in the store and not in such a \
      section is removed. The plan is shown first, and it asks.
      """)

  /// The number of entries of a section that are shown before the question; popsec plan shows all.
  static let shownEntries = 50

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("The security file; - for standard input.", valueName: "file"))
  var file: String

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    try global.run { session in
      let planned = try session.planned(file)
      let plan = planned.plan
      if !session.wantsJSON {
        try session.tell(planned, entriesPerSection: Self.shownEntries)
        try session.output.flush()
      }
      if !plan.isEmpty {
        try Asking.confirm("apply this", plan.summary, yes: yes)
        try session.withProgress("applying") { progress in
          try session.changing {
            try $0.apply(planned.file, expecting: plan, source: planned.source, progress: progress)
          }
        }
      }
      if session.wantsJSON { return try session.output.json(PlanRecord(planned, applied: !plan.isEmpty)) }
      if !plan.isEmpty { try session.output.line("applied") }
    }
  }
}
