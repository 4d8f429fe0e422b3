import Access
import ArgumentParser

struct APIUserList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List API users.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: AccountListOptions

  func run() throws {
    try global.run { try $0.list(options.query(.apiUser)) }
  }
}
