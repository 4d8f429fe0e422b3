import Access
import Administration
import ArgumentParser
import Store

struct APIUserDelete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete an API user, and revoke its tokens for good.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The API user's name.")
  var name: String

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    try global.run { session in
      let account = try session.find { try $0.account(.apiUser, name) }
      let note = TakingBack.deleting(.apiUser, days: session.administration.retentionDays)
      try Asking.confirm("delete this API user", named: account.name, noting: note, yes: yes)
      try session.change { try $0.deleteAccount(account.id) }
      try session.tell(AccountChangeRecord(account), "deleted API user \(quoted(account.name.text))")
    }
  }
}
