import Access
import Administration
import ArgumentParser
import Store

struct UserEnable: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "enable", abstract: "Let a user in again.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.")
  var name: String

  func run() throws { try global.run { try $0.setEnabled(true, .user, name) } }
}

struct UserDisable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Keep a user out, also of where they are now.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.")
  var name: String

  func run() throws { try global.run { try $0.setEnabled(false, .user, name) } }
}

struct UserRename: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rename", abstract: "Rename a user.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Its name.")
  var name: String

  @Argument(help: "Its new name.")
  var newName: String

  func run() throws {
    let becomes = try Name(argument: newName)
    try global.run { session in
      let account = try session.change { change in
        let account = try change.finder.account(.user, name)
        try change.rename(account.id, to: becomes)
        return try change.reader.account(account.id) ?? account
      }
      try session.tell(AccountChangeRecord(account), "renamed to \(quoted(account.name.text))")
    }
  }
}

struct UserDelete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a user, and revoke its tokens for good.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.")
  var name: String

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    try global.run { session in
      let account = try session.find { try $0.account(.user, name) }
      let note = TakingBack.deleting(.user, days: session.administration.retentionDays)
      try Asking.confirm("delete this user", named: account.name, noting: note, yes: yes)
      try session.change { try $0.deleteAccount(account.id) }
      try session.tell(AccountChangeRecord(account), "deleted user \(quoted(account.name.text))")
    }
  }
}

struct UserRole: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Give system roles to a user, or take them away.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.")
  var name: String

  @Option(help: ArgumentHelp("A role to give; may be given again.", valueName: "name"))
  var add: [String] = []

  @Option(help: ArgumentHelp("A role to take away; may be given again.", valueName: "name"))
  var remove: [String] = []

  func validate() throws {
    if add.isEmpty, remove.isEmpty { throw ValidationError("name a role with --add or --remove") }
  }

  func run() throws {
    try global.run { session in
      let account = try session.change { change in
        let account = try change.finder.account(.user, name)
        let was = try change.reader.roles(of: .account(account.id))
        let taken = try Set(remove.map { try change.finder.role($0) })
        let becomes = was.subtracting(taken).union(try add.map { try change.finder.role($0) })
        try change.saveRoles(of: .account(account.id), Edit(was: was, becomes: becomes))
        return account
      }
      let roles = try session.read { try roleNames($0.roles(of: .account(account.id)), $0) }
      try session.tell(
        AccountChangeRecord(account),
        "\(quoted(account.name.text)) has \(roles.isEmpty ? "no role" : roles.joined(separator: ", "))")
    }
  }
}
