import ArgumentParser

struct APIUserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "api-user", abstract: "API users: identities that consume data and never log in.",
    subcommands: [
      APIUserList.self, APIUserShow.self, APIUserAdd.self, APIUserRename.self, APIUserEnable.self,
      APIUserDisable.self, APIUserDelete.self, APIUserBulk.self,
    ])
}
