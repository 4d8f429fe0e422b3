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
        popsec config show --schema > popsec-config.schema.json
      """)

  @OptionGroup var global: GlobalOptions

  @Flag(help: "The actions of all pages by their names, and their keys.")
  var actions = false

  @Flag(help: "The columns of all lists by their names.")
  var lists = false

  @Flag(help: "The JSON Schema of a document of settings.")
  var schema = false

  func validate() throws {
    guard [actions, lists, schema].filter({ $0 }).count <= 1 else {
      throw ValidationError("--actions, --lists and --schema exclude each other")
    }
  }

  func run() throws {
    if schema {
      let output = global.standardOutput
      try output.encoded(line: ConsoleConfig.schema(OwnSettings(nil).vocabulary).json)
      return try output.flush()
    }
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

/// An action of a page, with its keys in effect.
struct ConfigActionRecord: Record {
  let page: String
  let action: ConfigVocabulary.Action
  let keys: [Key]

  static let columns: [Column<Self>] = [
    Column("page", "Page") { $0.page },
    Column("action", "Action") { $0.action.id },
    Column("keys", "Keys", { $0.keys.map(\.label) }) { $0.keys.map(\.label).joined(separator: " ") },
    Column("help", "What it does") { $0.action.help },
  ]

  static func all(_ vocabulary: ConfigVocabulary, _ config: ConsoleConfig) -> [ConfigActionRecord] {
    vocabulary.pages.flatMap { page in
      page.actions.map { action in
        ConfigActionRecord(
          page: page.name, action: action,
          keys: config.keys.keys(of: action.id, on: page.name, usually: action.keys))
      }
    }
  }
}

/// A column of a list.
struct ConfigColumnRecord: Record {
  let list: String
  let column: ConfigVocabulary.Column
  let isShown: Bool

  static let columns: [Column<Self>] = [
    Column("list", "List") { $0.list },
    Column("column", "Column") { $0.column.id },
    Column("title", "Title") { $0.column.title },
    Column("shown", "Shown", { $0.isShown }) { $0.isShown ? "yes" : "no" },
  ]

  static func all(_ vocabulary: ConfigVocabulary, _ config: ConsoleConfig) -> [ConfigColumnRecord] {
    vocabulary.lists.flatMap { list in
      list.columns.map { column in
        let isChosen = config.columns[list.name].map { $0.contains(column.id) } ?? true
        return ConfigColumnRecord(list: list.name, column: column, isShown: column == list.naming || isChosen)
      }
    }
  }
}
