import Access
import ArgumentParser
import Foundation

/// The options of every command.
struct GlobalOptions: ParsableArguments {
  // These are StoreOptions, without a group of their own. In a debug build ArgumentParser checks each group of options
  // several times for each time that it checks the group around it, which took most of a command's time.
  @Option(help: CommonOption.store.help, completion: .directory)
  var store: String?

  @Option(help: CommonOption.keys.help, completion: .directory)
  var keys: String?

  @Flag(help: CommonOption.allowLooseRights.help)
  var allowLooseRights = false

  @Option(
    name: [.customShort("o", allowingJoined: true), .customLong("output-format")],
    help: CommonOption.outputFormat.help, completion: .list(OutputFormat.allCases.map(\.rawValue)),
    transform: OutputFormat.init(argument:))
  var outputFormat: OutputFormat?

  @Flag(help: CommonOption.json.help)
  var json = false

  @Option(help: CommonOption.columns.help)
  var columns: String?

  @Flag(help: CommonOption.noHeader.help)
  var noHeader = false

  func validate() throws {
    if json, let outputFormat, outputFormat != .json {
      throw ValidationError("--json and -o \(outputFormat.rawValue) exclude each other")
    }
    if noHeader, format != .table, format != .csv {
      throw ValidationError("--no-header goes with -o table and -o csv only")
    }
  }

  var place: StoreOptions {
    var place = StoreOptions()
    (place.store, place.keys, place.allowLooseRights) = (store, keys, allowLooseRights)
    return place
  }

  var format: OutputFormat { json ? .json : outputFormat ?? .table }
  var isForPrograms: Bool { format.isForPrograms }

  /// Standard output, which prints as these options say.
  var standardOutput: Output {
    let columns = columns?.split(separator: ",", omittingEmptySubsequences: true).map {
      $0.split(separator: " ").joined(separator: " ")
    }
    return .standard(PrintOptions(format: format, columns: columns, hasHeader: !noHeader))
  }

  func location() throws(Trouble) -> StoreLocation { try place.location() }

  /// Opens the store, runs a command on it, and writes its output.
  func run(_ body: (Session) throws -> Void) throws { try place.run(printing: standardOutput, body) }
}
