import Access
import ArgumentParser

struct APIUserShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show an API user, its permissions and its tokens.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The API user's name.")
  var name: String

  func run() throws {
    try global.run { try $0.show(.apiUser, name) }
  }
}
