import Access
import Administration
import ArgumentParser
import Foundation
import Sealing

struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Say who may use a store's files, and copy a store.",
    subcommands: [StoreShare.self, StoreCopy.self, StoreCompare.self])
}

struct StoreShare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share", abstract: "Give a Unix group a store that was made for one account.",
    discussion: """
      The store is then as popsec init --group would have made it: the group may use it and look tokens up, and \
      can't reveal a Token ID. With --owner, as root, it is handed to another account, such as the one on which \
      people come in over SSH. Stop the gate before: what it has open stays open. Of a store in a database the keys \
      on this host are shared so; who may use the database itself, its own roles say.

      Examples:
        popsec store share --group popsec
        sudo popsec store share --group popsec --owner popsec
      """)

  @OptionGroup var global: GlobalOptions

  @Option(help: ArgumentHelp("The group that is to use the store.", valueName: "name"))
  var group: String

  @Option(help: ArgumentHelp("The account that is to own the store.", valueName: "account"))
  var owner: String?

  func run() throws {
    try Caller.current.requireLocal("this")
    let location = try global.location()
    let sharing = StoreSharing(
      location, group: try UnixGroup.number(group), owner: try owner.map(UnixGroup.account))
    guard getuid() == 0 || owner == nil && getuid() == Engine.owner(location) else {
      throw Trouble(
        "only root and the store's owner can say who may use its files",
        hint: "sudo popsec store share …", exitStatus: .notPermitted)
    }
    try sharing.carryOut(recordedIn: try location.open(), group: group)
    let output = global.standardOutput
    let by = owner.map { "is owned by \($0) and " } ?? ""
    let text =
      location.isInDatabase
      ? "this host's keys in \(location.keys.path), of the store in \(location.text), can be used by the group \(group)"
        + (owner.map { ", and are owned by \($0)" } ?? "")
      : "the store in \(location.text) \(by)can be used by the group \(group)"
    if global.isForPrograms {
      try output.value(SharingRecord(store: location.text, group: group, owner: owner))
    } else {
      try output.line(output.shown(text))
    }
    try output.flush()
  }
}

struct SharingRecord: PrintedObject {
  let store: String
  let group: String
  let owner: String?

  static let columns: [Column<Self>] = [
    .data("store") { $0.store },
    .data("group") { $0.group },
    .data("owner") { $0.owner },
  ]
}
