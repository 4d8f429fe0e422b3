import ArgumentParser
import Sealing

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a store with its keys.",
    discussion: "The folder and all in it are for your account alone. A store is never overwritten.")

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let location = try global.location()
    try location.create()
    let output = Output.standard()
    if global.json {
      try output.json(StoreRecord(location))
    } else {
      try output.line(
        """
        made a store at \(output.shown(location.folder))
        its keys are in \(output.shown(location.keys.path)): keep a copy of them apart from the store
        next: popsec opens the console, popsec apply FILE takes in a catalogue,
              popsec api-user add NAME --token TOKEN adds an API user
        """)
    }
    try output.flush()
  }
}

private struct StoreRecord: Encodable {
  let store: String
  let keys: String

  init(_ location: StoreLocation) {
    store = location.folder
    keys = location.keys.path
  }
}
