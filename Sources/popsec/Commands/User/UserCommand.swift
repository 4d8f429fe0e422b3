import ArgumentParser

struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "Users: people who may log in to the console.",
    subcommands: [
      UserList.self, UserShow.self, UserAdd.self, UserRename.self, UserEnable.self, UserDisable.self,
      UserDelete.self, UserRole.self, UserKey.self, UserBulk.self,
    ])
}
