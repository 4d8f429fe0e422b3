import ArgumentParser

struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Say who may use the store's files.",
    subcommands: [StoreShare.self])
}
