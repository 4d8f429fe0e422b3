import ArgumentParser
import Interchange

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Tell what applying a security file would do.",
    discussion: """
      Nothing is changed. The exit status is 0 where there is nothing to do, and 2 where there is.

      Examples:
        popsec plan security.yaml
        popsec plan - --json < security.yaml
      """
  )

  /// The exit status where the plan has changes. It differs from success and from all errors.
  static let changesStatus = ExitCode(2)

  @OptionGroup var global: GlobalOptions

  @Argument(
    help: ArgumentHelp("The security file; - for standard input.", valueName: "file"), completion: .file())
  var file: String

  func run() throws {
    Interruption.begin()
    var isEmpty = true
    try global.run { session in
      let planned = try session.planned(file)
      isEmpty = planned.plan.isEmpty
      if session.isForPrograms { return try session.output.value(PlanRecord(planned, applied: false)) }
      try session.tell(planned, entriesPerSection: .max)
    }
    if !isEmpty { throw Self.changesStatus }
  }
}
