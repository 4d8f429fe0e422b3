import Access
import Administration
import ArgumentParser
import Store

struct AccountEnable<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "enable",
      abstract: Of.kind == .user
        ? "Let a user in again." : "Enable an API user: it can use its tokens again.",
      discussion: """
        Examples:
          popsec \(Of.kind.command) enable 'Sales MX'
          popsec \(Of.kind.command) enable 'Sales MX' --dry-run
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp, completion: Of.kind.completion)
  var name: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { try $0.setEnabled(true, Of.kind, name, change) }
  }
}

struct AccountDisable<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "disable",
      abstract: Of.kind == .user
        ? "Keep a user out, also of where they are now."
        : "Disable an API user: its tokens open nothing until it is enabled.",
      discussion: """
        Examples:
          popsec \(Of.kind.command) disable 'Sales MX'
          popsec \(Of.kind.command) disable 'Sales MX' --dry-run
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp, completion: Of.kind.completion)
  var name: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { try $0.setEnabled(false, Of.kind, name, change) }
  }
}

struct AccountRename<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rename", abstract: "Rename \(Of.kind.withArticle).",
      discussion: """
        Examples:
          popsec \(Of.kind.command) rename 'Sales MX' 'Sales Mexico'
          popsec \(Of.kind.command) rename 'Sales MX' 'Sales Mexico' --dry-run
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Its name.", completion: Of.kind.completion)
  var name: String

  @Argument(help: "Its new name.")
  var newName: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    let becomes = try Name(argument: newName)
    try global.run { session in
      try session.changeAccount(Of.kind, name, change) {
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
      commandName: "delete", abstract: "Delete \(Of.kind.withArticle), and revoke its tokens for good.",
      discussion: """
        Examples:
          popsec \(Of.kind.command) delete 'Sales MX' --dry-run
          popsec \(Of.kind.command) delete 'Sales MX' --yes
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp, completion: Of.kind.completion)
  var name: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      if change.dryRun || (Asking.canAsk && !change.yes && !session.isForPrograms) {
        try session.show { try $0.deleteAccount(try $0.finder.account(Of.kind, name).id) }
        try session.output.flush()
      }
      if change.dryRun { return }
      let account = try session.find { try $0.account(Of.kind, name) }
      let note = TakingBack.deleting(DeletedKind(Of.kind), days: session.administration.retentionDays)
      try Asking.confirm("delete this \(Of.kind.title)", named: account.name, noting: note, yes: change.yes)
      try session.change { try $0.deleteAccount(account.id) }
      try session.tell(
        AccountChangeRecord(account), "deleted \(Of.kind.title) \(quoted(account.name.text))")
    }
  }
}

extension Session {
  fileprivate func setEnabled(
    _ isEnabled: Bool, _ kind: AccountKind, _ argument: String, _ options: ChangeOptions
  ) throws {
    try changeAccount(kind, argument, options) {
      try $0.setEnabled(isEnabled, $1)
    } words: {
      "\(stateText(isEnabled: isEnabled)) \(kind.title) \(quoted($0.name.text))"
    }
  }

  /// Finds an account, changes it, and prints it as it is after the change. Nobody is asked.
  fileprivate func changeAccount(
    _ kind: AccountKind, _ argument: String, _ options: ChangeOptions,
    _ body: (Change, AccountID) throws -> Void, words: (Account) -> String
  ) throws {
    if options.dryRun {
      return try show { try body($0, try $0.finder.account(kind, argument).id) }
    }
    let account = try change { change in
      let account = try change.finder.account(kind, argument)
      try body(change, account.id)
      return try change.reader.account(account.id) ?? account
    }
    try tell(AccountChangeRecord(account), words(account))
  }
}
