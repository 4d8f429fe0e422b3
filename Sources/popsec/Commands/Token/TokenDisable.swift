import Administration
import ArgumentParser

struct TokenDisable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Disable a token until it is enabled again.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress

  func run() throws {
    try global.run { session in
      try session.changeToken("disabled", find: address.find) { try $0.setDisabled(true, $1) }
    }
  }
}
