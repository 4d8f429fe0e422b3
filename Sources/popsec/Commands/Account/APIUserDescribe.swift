import Access
import Administration
import ArgumentParser

struct APIUserDescribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Say who answers for an API user, what it is for, and its labels.",
    discussion: """
      Nothing of this has a part in what it may see.

      Examples:
        popsec api-user describe 'Portal Mexico' --owner user:ada --label env=prod
        popsec api-user describe 'Portal Mexico' --no-note --remove-label env
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The API user's name.", completion: .names(.apiUsers))
  var name: String

  @OptionGroup var options: DescribeOptions

  func run() throws {
    try global.run { session in
      let account = try session.change { change in
        let account = try change.finder.account(.apiUser, name)
        let becomes = try options.apply(to: account.particulars, change.finder)
        try change.setParticulars(becomes, of: account.id)
        return account
      }
      try session.tell(AccountChangeRecord(account), "described API user \(quoted(account.name.text))")
    }
  }
}
