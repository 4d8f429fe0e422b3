import Access
import Administration
import ArgumentParser

struct APIUserList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List API users.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: AccountListOptions

  func run() throws {
    try global.run { session in
      try session.administration.takeOverUses()
      let areKnown = session.sayWhereUsesAreUnknown()
      try session.list(options.query(.apiUser), usesKnown: areKnown)
    }
  }
}
