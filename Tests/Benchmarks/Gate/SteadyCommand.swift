import ArgumentParser
import Foundation
import Glibc

/// Asks a gate at a steady rate while another program runs, such as an exchange of keys, and reports the
/// answers.
struct SteadyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "steady", abstract: "Ask the gate steadily while a command runs.",
    discussion: """
      Each request has a time at which it is due; what is late because the one before took long is counted as \
      long, too. The command's time and peak memory are told as well.
      """)

  @Option(help: ArgumentHelp("The gate's Unix socket.", valueName: "path"))
  var socket: String

  @Option(help: ArgumentHelp("The script of `gate-targets`: what is asked, in turn.", valueName: "file"))
  var lua: String

  @Option(help: "Requests a second.")
  var rate = 500

  @Argument(parsing: .postTerminator, help: "The command, behind --.")
  var command: [String]

  func validate() throws {
    guard (1...100_000).contains(rate), !command.isEmpty else {
      throw ValidationError("--rate takes 1 to 100000, and a command is needed")
    }
  }

  func run() throws {
    let targets = try targets()
    let gate = try GateConnection(socket)
    let child = try Child(command)
    var (delays, refused) = ([Double](), 0)
    let stopwatch = Stopwatch()
    while !child.hasEnded() {
      let due = Double(delays.count) * 1e6 / Double(rate)
      let wait = due - stopwatch.microseconds
      if wait > 0 { usleep(UInt32(wait)) }
      if try gate.status(of: targets[delays.count % targets.count]) != 200 { refused += 1 }
      delays.append(stopwatch.microseconds - due)
    }
    let (status, megabytes) = child.outcome
    print(
      "\(delays.count) requests in \(shown(stopwatch.seconds)) s, not let through \(refused); "
        + "\(shown(delays.percentile(0.5))) µs p50, \(shown(delays.percentile(0.99))) µs p99, "
        + "\(shown(delays.percentile(0.999))) µs p99.9, \(shown(delays.max() ?? 0)) µs at worst")
    print("the command ended with \(status) and took \(shown(megabytes)) MB at its peak")
    guard refused == 0, status == 0 else { throw ExitCode.failure }
  }

  private func targets() throws -> [String] {
    let lines = try String(contentsOfFile: lua, encoding: .utf8).split(separator: "\n")
    let targets = lines.filter { $0.hasPrefix("\"") }.map { $0.dropFirst().prefix { $0 != "\"" } }
    guard !targets.isEmpty else { throw Failure("there is nothing to ask in \(lua)") }
    return targets.map(String.init)
  }
}

/// A program that is started, and looked after until its end.
private final class Child {
  private let process: pid_t
  /// The status from waitpid, and the greatest use of memory in MB.
  private(set) var outcome: (status: Int32, megabytes: Double) = (0, 0)

  init(_ command: [String]) throws {
    var process: pid_t = 0
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    guard posix_spawnp(&process, command[0], nil, nil, &arguments, environ) == 0 else {
      throw Failure("\(command[0]) can't be started")
    }
    self.process = process
  }

  func hasEnded() -> Bool {
    var (status, use) = (Int32(0), rusage())
    guard wait4(process, &status, WNOHANG, &use) == process else { return false }
    let signal = status & 0x7F
    outcome = (signal == 0 ? status >> 8 & 0xFF : 128 + signal, Double(use.ru_maxrss) / 1_024)
    return true
  }
}
