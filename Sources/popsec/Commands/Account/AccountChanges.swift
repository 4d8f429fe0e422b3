import Access
import Administration
import ArgumentParser
import Store

struct AccountEnable<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "enable",
      abstract: Of.kind == .user
        ? "Let a user in again." : "Enable an API user: it can use its tokens again.")
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp)
  var name: String

  func run() throws {
    try global.run { try $0.setEnabled(true, Of.kind, name) }
  }
}

struct AccountDisable<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "disable",
      abstract: Of.kind == .user
        ? "Keep a user out, also of where they are now."
        : "Disable an API user: its tokens open nothing until it is enabled.")
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp)
  var name: String

  func run() throws {
    try global.run { try $0.setEnabled(false, Of.kind, name) }
  }
}

struct AccountRename<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "rename", abstract: "Rename \(Of.kind.withArticle).")
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Its name.")
  var name: String

  @Argument(help: "Its new name.")
  var newName: String

  func run() throws {
    let becomes = try Name(argument: newName)
    try global.run { session in
      try session.changeAccount(Of.kind, name) {
        try $0.rename($1, to: becomes)
      } words: { account in
        "renamed to \(quoted(account.name.text))"
      }
    }
  }
}

struct AccountDelete<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete", abstract: "Delete \(Of.kind.withArticle), and revoke its tokens for good.")
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp)
  var name: String

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    try global.run { session in
      let account = try session.find { try $0.account(Of.kind, name) }
      let note = TakingBack.deleting(DeletedKind(Of.kind), days: session.administration.retentionDays)
      try Asking.confirm("delete this \(Of.kind.title)", named: account.name, noting: note, yes: yes)
      try session.change { try $0.deleteAccount(account.id) }
      try session.tell(
        AccountChangeRecord(account), "deleted \(Of.kind.title) \(quoted(account.name.text))")
    }
  }
}

struct AccountRole<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "role", abstract: "Give system roles to \(Of.kind.withArticle), or take them away.",
      discussion:
        "With --from or --until what is added begins or ends by itself, also where it is held already.")
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp)
  var name: String

  @Option(help: ArgumentHelp("A role to give; may be given again.", valueName: "name"))
  var add: [String] = []

  @Option(help: ArgumentHelp("A role to take away; may be given again.", valueName: "name"))
  var remove: [String] = []

  @OptionGroup var bounds: BoundsOptions

  func validate() throws {
    if add.isEmpty, remove.isEmpty { throw ValidationError("name a role with --add or --remove") }
    if add.isEmpty, !bounds.isEmpty { throw ValidationError("--from and --until are for --add") }
  }

  func run() throws {
    try global.run { session in
      let bounds = try bounds.bounds(now: session.administration.now)
      let account = try session.change { change in
        let account = try change.finder.account(Of.kind, name)
        let was = try change.reader.roles(of: .account(account.id))
        var becomes = was
        for name in remove { becomes[try change.finder.role(name)] = nil }
        for name in add {
          let role = try change.finder.role(name)
          becomes[role] = bounds ?? was[role] ?? .always
        }
        try change.saveRoles(of: .account(account.id), bounded: Edit(was: was, becomes: becomes))
        return account
      }
      let roles = try session.read { try $0.heldRoles(of: .account(account.id)) }
      try session.tell(
        AccountChangeRecord(account),
        "\(quoted(account.name.text)) has \(roles.isEmpty ? "no role" : roles.text)")
    }
  }
}

extension Session {
  fileprivate func setEnabled(_ isEnabled: Bool, _ kind: AccountKind, _ argument: String) throws {
    try changeAccount(kind, argument) {
      try $0.setEnabled(isEnabled, $1)
    } words: {
      "\(stateText(isEnabled: isEnabled)) \(kind.title) \(quoted($0.name.text))"
    }
  }

  /// Finds an account, changes it, and prints it as it is after the change.
  fileprivate func changeAccount(
    _ kind: AccountKind, _ argument: String, _ body: (Change, AccountID) throws -> Void,
    words: (Account) -> String
  ) throws {
    let account = try change { change in
      let account = try change.finder.account(kind, argument)
      try body(change, account.id)
      return try change.reader.account(account.id) ?? account
    }
    try tell(AccountChangeRecord(account), words(account))
  }
}
