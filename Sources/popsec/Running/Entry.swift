import Access
import ArgumentParser
import CPlatform
import Foundation

/// The program's beginning and end.
@main
enum Entry {
  static func main() {
    popsec_crash_silently()
    // A closed pipe is an error of the write, so that it can't end a change half told.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that may not become larger (setrlimit(2), RLIMIT_FSIZE).
    signal(SIGXFSZ, SIG_IGN)
    let reporter = Reporter(arguments: Array(CommandLine.arguments.dropFirst()))
    exit(run(reporter).rawValue)
  }

  private static func run(_ reporter: Reporter) -> ExitCode {
    do {
      try StandardStreams.fill()
      try forbidDumps()
      try SecretArguments.refuse(in: reporter.arguments)
      if let options = plainConsole(reporter.arguments) {
        try ConsoleCommand.open(options) {
          try StoreLocation(environment: ProcessInfo.processInfo.environment)
        }
      } else {
        var command = try Popsec.parseAsRoot(try CommandPath.arranged(reporter.arguments))
        try command.run()
      }
      return .success
    } catch {
      return reporter.report(error)
    }
  }

  /// What people mostly start, known without ArgumentParser: setting up all commands takes it as
  /// long as opening the store and drawing the first screen.
  private static func plainConsole(_ arguments: [String]) -> ConsoleOptions? {
    switch arguments {
    case []: ConsoleOptions()
    case ["--resume"]: ConsoleOptions(resume: true)
    default: nil
    }
  }

  /// Keys and Token IDs must not get into a core file, nor be read by a debugger.
  private static func forbidDumps() throws {
    let problem = popsec_forbid_dumps()
    guard problem == 0 else {
      throw Trouble(
        "core dumps of this process can't be forbidden: \(systemReason(problem))", exitStatus: .unavailable)
    }
  }
}
