import ArgumentParser

struct GrantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Grants: what users, API users and teams were given on connectors.",
    subcommands: [GrantList.self, GrantShow.self])
}
