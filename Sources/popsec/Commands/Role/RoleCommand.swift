import ArgumentParser

struct RoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "System roles, built in and custom.",
    subcommands: [RoleList.self, RoleShow.self])
}
