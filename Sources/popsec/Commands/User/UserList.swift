import Access
import ArgumentParser

struct UserList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List users.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: AccountListOptions

  func run() throws {
    try global.run { try $0.list(options.query(.user)) }
  }
}
