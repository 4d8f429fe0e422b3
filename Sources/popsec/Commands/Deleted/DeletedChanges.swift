import Access
import Administration
import ArgumentParser
import Store

struct DeletedRestore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Restore a deleted thing, with what it had.",
    discussion: """
      Its memberships, roles and grants come back, and its parts; tokens stay revoked for good.

      Examples:
        popsec deleted restore api-user 'Portal Mexico'
        popsec deleted restore team 'Sales MX' --as 'Sales Mexico'
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: DeletedAddress

  @Option(name: .customLong("as"), help: ArgumentHelp("Another name for the thing.", valueName: "name"))
  var newName: String?

  func run() throws {
    let becomes = try newName.map { try Name(argument: $0) }
    try global.run { session in
      let row = try address.find(session.administration).row
      _ = try session.change { try $0.restore(row.thing, as: becomes) }
      let name = (becomes ?? row.name).text
      let note = row.kind.accountKind == nil ? "" : "; " + TakingBack.restoringAccount
      try session.tell(
        DeletedChangeRecord(thing: row.thing, name: name), "restored \(row.kind.title) \(quoted(name))" + note
      )
    }
  }
}

struct DeletedPurge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge", abstract: "Remove a deleted thing for good, now.",
    discussion: """
      Examples:
        popsec deleted purge api-user 'Portal Mexico'
        popsec deleted purge team --id 1qjob8hhi3e5e --yes
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: DeletedAddress

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    try global.run { session in
      let row = try address.find(session.administration).row
      // The change is tried first, so that nobody has to type a name for a change that would be refused.
      _ = try session.administration.effect { try $0.change { _ = try $0.purge(row.thing) } }
      try Asking.confirm(
        "purge this \(row.kind.title)", named: row.name, noting: TakingBack.purging, yes: yes)
      _ = try session.change { try $0.purge(row.thing) }
      try session.tell(
        DeletedChangeRecord(thing: row.thing, name: row.name.text),
        "purged \(row.kind.title) \(quoted(row.name.text)) for good")
    }
  }
}
