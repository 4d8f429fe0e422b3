import Access
import ArgumentParser
import Foundation
import Sealing

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a store with its keys.",
    discussion: """
      The folder and all in it are for your account alone. With --group the group may use the store and \
      look tokens up, but not read the seal key: it can't reveal a Token ID. A store is never overwritten.
      """)

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp("Make it for a Unix group too, as the gate needs it.", valueName: "name"))
  var group: String?

  func run() throws {
    let location = try global.location()
    try location.create(sharedWith: try group.map(Self.groupNumber))
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

  private static func groupNumber(_ name: String) throws -> UInt32 {
    guard let entry = getgrnam(name) else {
      throw Trouble(
        "there is no group named \(quotedExcerpt(name))", hint: "addgroup --system \(excerpt(name))",
        exitStatus: .noInput)
    }
    return entry.pointee.gr_gid
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
