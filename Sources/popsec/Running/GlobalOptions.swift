import Access
import ArgumentParser
import Foundation

/// The options of every command.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The store's folder.",
      discussion: "Else POPSEC_STORE, else $XDG_DATA_HOME/popsec, else ~/.local/share/popsec.",
      valueName: "folder"))
  var store: String?

  @Option(
    help: ArgumentHelp(
      "The folder with the store's keys.",
      discussion: "Else POPSEC_KEYS, else $CREDENTIALS_DIRECTORY, else keys in the store's folder.",
      valueName: "folder"))
  var keys: String?

  @Flag(help: "Use a store and keys that others may get at.")
  var allowLooseRights = false

  @Flag(help: "Print JSON.")
  var json = false

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
      let session = Session(
        administration: administration, output: .standard(), wantsJSON: json)
      do {
        try body(session)
        try session.output.flush()
      } catch let lost as any LostOutput where session.mark.isMade {
        throw Trouble(changedWithout: lost)
      }
    }
  }
}
