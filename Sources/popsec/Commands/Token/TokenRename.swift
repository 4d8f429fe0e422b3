import Access
import Administration
import ArgumentParser

struct TokenRename: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Rename a token.",
    usage: "popsec token rename USER TOKEN NEW-NAME\n       popsec token rename --id ID NEW-NAME")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: TokenOptions

  @Argument(help: ArgumentHelp("The API user's name, the token's name and the new one.", valueName: "name"))
  var names: [String]

  func validate() throws {
    guard names.count == (options.id == nil ? 3 : 1) else {
      throw ValidationError("name an API user, its token and the new name, or give --id and the new name")
    }
  }

  func run() throws {
    guard let last = names.last else { return }
    let becomes = try Name(argument: last)
    try global.run { session in
      try session.changeToken("renamed", find: { try options.find(names, $0) }) {
        try $0.rename($1, to: becomes)
      }
    }
  }
}
