import Access
import ArgumentParser
import Interchange

struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Make the store equal to a security file.",
    discussion: """
      Sections that the file has are made equal to it: what is in the store and not in such a \
      section is removed. The plan is shown first, and it asks. With --test the tests of access run within the \
      transaction, and nothing is changed unless all hold.

      Examples:
        popsec apply security.yaml
        popsec apply - --yes < security.yaml
        popsec apply security.yaml --test tests/*.yaml
      """)

  /// The number of entries of a section that are shown before the question; popsec plan shows all.
  static let shownEntries = 50

  @OptionGroup var global: GlobalOptions

  @Argument(
    help: ArgumentHelp("The security file; - for standard input.", valueName: "file"), completion: .file())
  var file: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files of tests that must hold afterwards; otherwise nothing is changed.", valueName: "file"),
    completion: .file())
  var test: [String] = []

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    Interruption.begin()
    let tests = try test.map { try AccessTestFile(reading: $0) }
    do { try apply(tests) } catch let error as TestsDiffer {
      let output = Output.standard()
      try TestReport(run: error.results, format: .text).print(to: output)
      try output.flush()
      let count = error.results.differing.count
      Asking.say(
        "popsec: nothing was changed: \(count == 1 ? "1 test does" : "\(count) tests do") not hold afterwards"
      )
      throw ExitCode(ExitStatus.denied.rawValue)
    }
  }

  private func apply(_ tests: [AccessTestFile]) throws {
    try global.run { session in
      let planned = try session.planned(file)
      let plan = planned.plan
      guard !plan.isEmpty else {
        if session.isForPrograms { return try session.output.value(PlanRecord(planned, applied: false)) }
        return try session.tell(planned, entriesPerSection: Self.shownEntries)
      }
      _ = try session.carryOut(
        TriedEffect(planned.effect, obstacle: planned.obstacle), asking: .yes("apply this", plan.summary),
        yes: yes, limit: Self.shownEntries,
        telling: { try session.tellPlan(planned, entriesPerSection: Self.shownEntries) },
        making: { administration in
          try session.withProgress("applying") {
            try administration.apply(
              planned.file, expecting: plan, source: planned.source, testing: tests, progress: $0)
          }
        })
      try session.tell(PlanRecord(planned, applied: true), "applied")
    }
  }
}
