import ArgumentParser

/// Makes large stores, and measures popsec on them. All published figures are measured with this program.
@main
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "popsec-bench", abstract: "Make large stores, and measure popsec on them.",
    subcommands: [
      GenerateCommand.self, RunCommand.self, DecideCommand.self, GateTargetsCommand.self,
      RevocationCommand.self, SteadyCommand.self, RelayCommand.self, ChangesCommand.self,
    ])
}

/// The reason why a measurement can't go on.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
