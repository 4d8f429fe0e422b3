import Access
import ArgumentParser
import CPlatform
import Foundation

/// The program's beginning and end.
@main
enum Entry {
  static func main() {
    popsec_crash_silently()
    // A write to a closed pipe then fails with an error, and can't end the process in the middle of a change.
    signal(SIGPIPE, SIG_IGN)
    // The same holds for a file that may not become larger (setrlimit(2), RLIMIT_FSIZE).
    signal(SIGXFSZ, SIG_IGN)
    let reporter = Reporter(arguments: Array(CommandLine.arguments.dropFirst()))
    exit(run(reporter).rawValue)
  }

  private static func run(_ reporter: Reporter) -> ExitCode {
    do {
      try StandardStreams.fill()
      try forbidDumps()
      if ShellCompletion.isAsked(reporter.arguments) { return ShellCompletion.answer(reporter.arguments) }
      try SecretArguments.refuse(in: reporter.arguments)
      if let options = plainConsole(reporter.arguments) {
        try ConsoleCommand.open(options) {
          try StoreLocation(environment: ProcessInfo.processInfo.environment)
        }
      } else if let topic = try HelpTopic.asked(reporter.arguments) {
        try topic.print()
      } else {
        var command = try CommandPath.command(reporter.arguments)
        try command.run()
      }
      Interruption.tellWhereTooLate()
      return .success
    } catch {
      Interruption.standBack()
      return reporter.report(error)
    }
  }

  /// The options of a plain console, which people start most often. They are read without ArgumentParser,
  /// because setting up all commands takes as long as opening the store and drawing the first screen.
  private static func plainConsole(_ arguments: [String]) -> ConsoleOptions? {
    switch arguments {
    case []: ConsoleOptions()
    case ["--resume"]: ConsoleOptions(resume: true)
    default: nil
    }
  }

  /// Forbids core dumps and debuggers, because keys and Token IDs must not get into a core file, nor be read
  /// by a debugger.
  private static func forbidDumps() throws {
    let problem = popsec_forbid_dumps()
    guard problem == 0 else {
      throw Trouble(
        "core dumps of this process can't be forbidden: \(systemReason(problem))", exitStatus: .unavailable)
    }
  }
}
