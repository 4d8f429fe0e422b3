import ArgumentParser

/// Makes large stores, and measures popsec on them. What is said of speed is measured with this.
@main
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "popsec-bench", abstract: "Make large stores, and measure popsec on them.",
    subcommands: [
      GenerateCommand.self, RunCommand.self, DecideCommand.self, GateTargetsCommand.self,
      RevocationCommand.self, SteadyCommand.self,
    ])
}

/// Why a measurement can't go on.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
