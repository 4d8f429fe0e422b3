import Access
import Administration
import ArgumentParser
import Foundation
import Sealing

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a store with its keys.",
    discussion: """
      The folder and all in it are for your account alone. With --group the group may use the store and \
      look tokens up, but not read the seal key: it can't reveal a Token ID. A store is never overwritten. \
      It asks for the first user, an Administrator; without a terminal that is your Unix account. Some of the \
      API users of the new store are decoys: popsec token decoy --list tells which.

      Examples:
        popsec init
        popsec init --store /srv/popsec --group popsec
      """)

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp("Make it for a Unix group too, as the gate needs it.", valueName: "name"))
  var group: String?

  @Option(help: ArgumentHelp("So many decoys are made, 0 to 100; 0 makes none.", valueName: "number"))
  var decoys = Self.standardDecoys

  /// How many decoys a new store has where nothing is said.
  static let standardDecoys = 2

  func validate() throws {
    guard (0...100).contains(decoys) else { throw ValidationError("--decoys takes 0 to 100") }
  }

  func run() throws {
    let location = try global.location()
    let group = try group.map(UnixGroup.number)
    let first = try firstUser()
    let decoys = location.keyPlace == .credentials ? 0 : decoys
    try location.create(sharedWith: group) { administration in
      try first?.add(to: administration)
      try location.addDecoys(decoys, to: administration)
    }
    let output = global.standardOutput
    if global.isForPrograms {
      try output.value(StoreRecord(location, first, decoys: decoys))
    } else {
      try output.lines(
        """
        made a store at \(output.shown(location.text))
        its keys are in \(output.shown(location.keys.path)): keep a copy of them apart from the store
        \(output.shown(first.map { "\($0.name.text) is Administrator" } ?? "nobody is Administrator yet"))
        \(decoys == 0 ? "there are no decoys: popsec token decoy makes some" : "\(Self.told(decoys))\n\(Self.keepingDecoys)")
        next: popsec opens the console, popsec apply FILE takes in a catalogue,
              popsec api-user add NAME --token TOKEN adds an API user,
              popsec user add NAME --role TokenOperator --key-file FILE.pub lets somebody else in,
              popsec ssh setup has sshd ask popsec for their keys, popsec doctor checks it all
        """)
    }
    try output.flush()
  }

  /// What loses decoys without anybody noticing.
  static let keepingDecoys =
    "applying a file with the section apiUsers deletes API users that it does not list, decoys too: export first"

  /// What people are told of the decoys of a new store.
  static func told(_ decoys: Int) -> String {
    (decoys == 1 ? "1 API user is a decoy" : "\(decoys) API users are decoys")
      + ", to which nobody gives access: popsec token decoy --list tells which"
  }

  private func firstUser() throws -> FirstUser? {
    guard Asking.canAsk, !global.isForPrograms else { return FirstUser.invoking() }
    guard let user = FirstUser.asked() else {
      throw Trouble("no store was made: the first user is missing", exitStatus: .usage)
    }
    return user
  }
}

struct StoreRecord: PrintedObject {
  let store: String
  let keys: String
  let administrator: String?
  /// The number of API users that are decoys.
  let decoys: Int

  static let columns: [Column<Self>] = [
    .data("store") { $0.store },
    .data("keys") { $0.keys },
    .data("administrator") { $0.administrator },
    .data("decoys") { $0.decoys },
  ]

  init(_ location: StoreLocation, _ first: FirstUser?, decoys: Int) {
    self.decoys = decoys
    administrator = first?.name.text
    store = location.text
    keys = location.keys.path
  }
}
