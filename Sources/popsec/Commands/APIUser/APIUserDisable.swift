import Access
import ArgumentParser

struct APIUserDisable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Disable an API user: its tokens open nothing until it is enabled.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The API user's name.")
  var name: String

  func run() throws {
    try global.run { try $0.setEnabled(false, .apiUser, name) }
  }
}
