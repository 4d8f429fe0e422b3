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

enum OfTeams: RenamedChoice {
  static let kind = DeletedKind.team
  static let noun = "team"
  static let completion = CompletionKind.names(.teams)
  static let command = "team"
  static let deleting = "delete"
  static let deletion = "Delete a team; what it gave its members goes along."
  static let keeping = "Its members, roles and grants stay."

  static func rename(_ name: String, to becomes: Name, _ change: Change) throws {
    try change.edit(try change.finder.team(name)) { $0.name = becomes }
  }

  static func delete(_ name: String, _ change: Change) throws -> Name {
    let team = try change.finder.team(name)
    try change.deleteTeam(team.id)
    return team.name
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
