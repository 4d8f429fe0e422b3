import Access
import Administration
import ArgumentParser
import Store

struct APIUserRename: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rename", abstract: "Rename an API user.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Its name.")
  var name: String

  @Argument(help: "Its new name.")
  var newName: String

  func run() throws {
    let becomes = try Name(argument: newName)
    try global.run { session in
      let account = try session.change { change in
        let account = try change.finder.account(.apiUser, name)
        try change.rename(account.id, to: becomes)
        return try change.reader.account(account.id) ?? account
      }
      try session.tell(AccountChangeRecord(account), "renamed to \(quoted(account.name.text))")
    }
  }
}
