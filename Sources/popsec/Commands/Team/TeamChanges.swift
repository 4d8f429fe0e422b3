import Access
import Administration
import ArgumentParser
import Store

struct TeamAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a team.",
    discussion: """
      The team has no members, roles or grants yet: team member, team role and grant add give the team some.

      Examples:
        popsec team add 'Sales MX'
        popsec team add Desk --description 'Those who answer the phone'
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.")
  var name: String

  @Option(help: ArgumentHelp("What the team is for.", valueName: "text"))
  var description: String?

  @OptionGroup var change: ChangeOptions

  func run() throws {
    let name = try Name(argument: name)
    let summary = try description.map { try Summary(argument: $0) } ?? .empty
    try global.run { session in
      try session.make(change, asking: { _ in .none }) { try $0.addTeam(name: name, summary: summary) }
    }
  }
}

struct TeamRename: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Rename a team.",
    discussion: """
      Its members, roles and grants stay.

      Examples:
        popsec team rename Desk 'Service Desk'
        popsec team rename Desk 'Service Desk' --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.", completion: .names(.teams))
  var name: String

  @Argument(help: "Its new name.")
  var newName: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    let becomes = try Name(argument: newName)
    try global.run { session in
      try session.make(change, asking: "rename this team") { change in
        try change.edit(try change.finder.team(name)) { $0.name = becomes }
      }
    }
  }
}

struct TeamDescribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Change the description of a team.",
    discussion: """
      Examples:
        popsec team describe Desk 'Those who answer the phone'
        popsec team describe Desk ''
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.", completion: .names(.teams))
  var name: String

  @Argument(help: "The new description; an empty one takes it away.")
  var text: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    let summary = try Summary(argument: text)
    try global.run { session in
      try session.make(change, asking: { _ in .none }) { change in
        try change.edit(try change.finder.team(name)) { $0.summary = summary }
      }
    }
  }
}

struct TeamDelete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a team; what it gave its members goes along.",
    discussion: """
      The effect on who may see what is shown first, and the command asks.

      Examples:
        popsec team delete Desk --dry-run
        popsec team delete Desk --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.", completion: .names(.teams))
  var name: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      let note = TakingBack.deleting(.team, days: session.administration.retentionDays)
      try session.make(change, asking: { .name("delete this team", $0.result.name, note: note) }) { change in
        let team = try change.finder.team(name)
        try change.deleteTeam(team.id)
        return team
      }
    }
  }
}

extension Summary {
  /// Reads a description that was given as an argument.
  init(argument: String) throws(Trouble) {
    do { self = try Summary(argument) } catch {
      throw Trouble(
        error.description.replacing("a name", with: "a description"),
        hint: "a description has at most \(Summary.maximumCharacterCount) characters", exitStatus: .badData)
    }
  }
}

extension Change {
  fileprivate func edit(_ team: Team, _ change: (inout TeamGeneral) -> Void) throws {
    let was = TeamGeneral(team)
    var becomes = was
    change(&becomes)
    try saveGeneral(team.id, Edit(was: was, becomes: becomes))
  }
}
