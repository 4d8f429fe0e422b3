import ArgumentParser
import Foundation

struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Make a store of made-up API users with two tokens each.",
    discussion: """
      The data is the same each time, but for ids and keys: so are the Token IDs, which are no secrets \
      here. The store has one audit row, not one per row.
      """)

  @Option(help: "How many API users, 1 to 10,000,000.")
  var count: Int

  @Option(help: ArgumentHelp("A folder that is missing or empty.", valueName: "folder"))
  var store: String

  func validate() throws {
    guard (1...10_000_000).contains(count) else { throw ValidationError("--count is 1 to 10,000,000") }
  }

  func run() async throws {
    let stopwatch = Stopwatch()
    try await Generator(count: count, folder: store).run { made in
      FileHandle.standardError.write(Data("\(made) API users after \(Int(stopwatch.seconds)) s\n".utf8))
    }
  }
}
