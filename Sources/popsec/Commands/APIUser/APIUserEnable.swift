import Access
import ArgumentParser

struct APIUserEnable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Enable an API user: it can use its tokens again.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The API user's name.")
  var name: String

  func run() throws {
    try global.run { try $0.setEnabled(true, .apiUser, name) }
  }
}
