import Access
import ArgumentParser
import Foundation

/// The options of every command.
struct GlobalOptions: ParsableArguments {
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

  var format: OutputFormat { json ? .json : outputFormat ?? .table }
  var isForPrograms: Bool { format.isForPrograms }

  /// Standard output, which prints as these options say.
  var standardOutput: Output {
    let columns = columns?.split(separator: ",", omittingEmptySubsequences: true).map {
      $0.split(separator: " ").joined(separator: " ")
    }
    return .standard(PrintOptions(format: format, columns: columns, hasHeader: !noHeader))
  }

  /// The place of the store and its keys.
  ///
  /// Errors: ``Trouble`` where a path is malformed.
  func location() throws(Trouble) -> StoreLocation {
    if store != nil || keys != nil || allowLooseRights {
      try Caller.current.requireLocal("naming a store or keys")
    }
    return try StoreLocation(
      store: store, keys: keys, allowsLooseRights: allowLooseRights,
      environment: Caller.current.environment)
  }

  /// Opens the store, runs a command on it, and writes its output. Where a change was made and the output is
  /// lost, the exit status is that of lost output, and the message says that the change was made.
  func run(_ body: (Session) throws -> Void) throws {
    let administration = try location().open()
    try Caller.current.signedIn(to: administration) {
      let session = Session(administration: administration, output: standardOutput)
      do {
        try body(session)
        try session.output.flush()
      } catch let lost as any LostOutput where session.mark.isMade {
        throw Trouble(changedWithout: lost)
      }
    }
  }
}
