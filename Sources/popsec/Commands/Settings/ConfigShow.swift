import Access
import ArgumentParser
import Console
import Interchange
import Terminal

struct ConfigShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print your settings in effect, or the names that settings can use.",
    discussion: """
      With --actions, each page and its actions, with their keys. With --lists, each list and its columns.

      Examples:
        popsec config show
        popsec config show --actions
        popsec config show --lists -o json
      """)

  @OptionGroup var global: GlobalOptions

  @Flag(help: "The actions of all pages by their names, and their keys.")
  var actions = false

  @Flag(help: "The columns of all lists by their names.")
  var lists = false

  func validate() throws {
    guard !actions || !lists else { throw ValidationError("--actions and --lists exclude each other") }
  }

  func run() throws {
    try OwnSettings.with(global) { own, output in
      let config = try own.read().config
      if actions { return try output.list(ConfigActionRecord.all(own.vocabulary, config)) }
      if lists { return try output.list(ConfigColumnRecord.all(own.vocabulary, config)) }
      try output.requireNoColumns()
      switch output.options.format {
      case .json, .jsonl: try output.encoded(line: config.document.json)
      case .table, .yaml, .csv: try output.encoded(config.document.yaml.utf8)
      }
    }
  }
}
