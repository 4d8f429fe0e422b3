import Access
import ArgumentParser

struct UserShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a user, its permissions and its tokens.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.")
  var name: String

  func run() throws {
    try global.run { try $0.show(.user, name) }
  }
}
