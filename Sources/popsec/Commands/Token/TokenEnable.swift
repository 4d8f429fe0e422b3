import Administration
import ArgumentParser

struct TokenEnable: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "enable", abstract: "Enable a token again.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress

  func run() throws {
    try global.run { session in
      try session.changeToken("enabled", find: address.find) { try $0.setDisabled(false, $1) }
    }
  }
}
