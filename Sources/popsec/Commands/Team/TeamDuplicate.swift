import Access
import Administration
import ArgumentParser

struct TeamDuplicate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicate", abstract: "Add a team with the description, roles and grants of another.",
    discussion: """
      The new team has no members, so that nobody's access changes. With --with-members it has those of the other \
      team, with the beginnings and ends of their memberships; they then have the same rights from both teams.

      Examples:
        popsec team duplicate 'Sales MX' 'Sales US' --dry-run
        popsec team duplicate 'Sales MX' 'Sales MX next' --with-members --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.", completion: .names(.teams))
  var name: String

  @Argument(help: "The name of the new one.")
  var newName: String

  @Flag(help: "The members become members of the new team, too.")
  var withMembers = false

  @OptionGroup var change: ChangeOptions

  func run() throws {
    let becomes = try Name(argument: newName)
    try global.run { session in
      try session.make(change, asking: "duplicate this team") { change in
        try change.duplicate(try change.finder.team(name).id, as: becomes, withMembers: withMembers)
      }
    }
  }
}
