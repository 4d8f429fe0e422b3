import ArgumentParser

struct TeamCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "team", abstract: "Teams: named groups that carry roles and grants.",
    subcommands: [TeamList.self, TeamShow.self, TeamMembers.self])
}
