import ArgumentParser
import Foundation
import TestSupport

/// Measures how soon the gate denies what another process took away.
struct RevocationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revocation",
    abstract: "Measure the time from a commit that takes access away to the gate's first denial.")

  @Option(help: ArgumentHelp("The gate's store, after `gate-targets`.", valueName: "folder"))
  var store: String

  @Option(help: ArgumentHelp("The gate's Unix socket.", valueName: "path"))
  var socket: String

  @Option(help: "How often each thing is taken away that opens a widget.")
  var times = 1_000

  func run() throws {
    // Each run has an API user of its own.
    let access = try TakenAccess(store, named: "Taken \(UUID().uuidString)")
    let gate = try GateConnection(socket)
    print(
      "| taken away, \(times) times | from commit to denial, µs p50 | p99 | worst | let through after the commit |"
    )
    print("|---|---|---|---|---|")
    for part in TakenAccess.Part.allCases {
      var (delays, late) = ([Double](), 0)
      for _ in 0..<times {
        guard try gate.status(of: access.target) == 200 else { throw Failure("the token opens no widget") }
        try access.set(part, false)
        let stopwatch = Stopwatch()
        while try gate.status(of: access.target) == 200 { late += 1 }
        delays.append(stopwatch.microseconds)
        try access.set(part, true)
      }
      let figures = [0.5, 0.99, 1].map { shown(delays.percentile($0)) }.joined(separator: " | ")
      print("| \(part.rawValue) | \(figures) | \(late) |")
    }
  }
}
