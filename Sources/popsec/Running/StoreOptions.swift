import Access
import Administration
import ArgumentParser

/// The options that say where the store is.
struct StoreOptions: ParsableArguments {
  @Option(help: CommonOption.store.help, completion: .directory)
  var store: String?

  @Option(help: CommonOption.keys.help, completion: .directory)
  var keys: String?

  @Flag(help: CommonOption.allowLooseRights.help)
  var allowLooseRights = false

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
  func run(printing output: Output, _ body: (Session) throws -> Void) throws {
    try run(on: try location().open(), printing: output, body)
  }

  /// Runs a command on an open store.
  func run(on administration: Administration, printing output: Output, _ body: (Session) throws -> Void)
    throws
  {
    try Caller.current.signedIn(to: administration) {
      let session = Session(administration: administration, output: output)
      do {
        try body(session)
        try session.output.flush()
      } catch let lost as any LostOutput where session.mark.isMade {
        throw Trouble(changedWithout: lost)
      }
    }
  }
}
