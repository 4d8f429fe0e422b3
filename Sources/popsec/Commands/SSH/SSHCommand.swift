import ArgumentParser

struct SSHCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ssh", abstract: "Let users in over SSH.",
    subcommands: [SSHSetup.self, SSHAuthorizedKeys.self])
}
