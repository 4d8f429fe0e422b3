import ArgumentParser

/// The root of the commands.
struct Popsec: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "popsec",
    abstract: "Who may see what in Popdock: API users, their permissions and their tokens.",
    discussion: """
      Without a command it opens the console. popsec help COMMAND tells of a command; popsec help options, \
      exit-codes, files, environment or names tells of what all commands share.
      """,
    version: BuildInformation.present.text,
    subcommands: [
      ConsoleCommand.self, SetupCommand.self, InitCommand.self, DemoCommand.self, PlanCommand.self,
      ApplyCommand.self, ExportCommand.self, APIUserCommand.self, TokenCommand.self, CheckCommand.self,
      ExplainCommand.self, AccessCommand.self, TestCommand.self, FindCommand.self, ReviewCommand.self,
      DenialsCommand.self,
      TeamCommand.self,
      RoleCommand.self, LawCommand.self,
      GrantCommand.self, CatalogueCommand.self, UserCommand.self, AuditCommand.self, SSHCommand.self,
      StoreCommand.self,
      SettingsCommand.self, ConfigCommand.self, InboxCommand.self, UndoCommand.self, DeletedCommand.self,
      BackupCommand.self, RestoreCommand.self, KeyCommand.self, UpgradeCommand.self,
      DoctorCommand.self, NotifyCommand.self, GateCommand.self, ClipboardCommand.self,
      CompletionsCommand.self, SchemaCommand.self,
    ],
    defaultSubcommand: ConsoleCommand.self)
}
