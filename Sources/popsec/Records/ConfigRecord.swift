import Console
import Terminal

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

/// A document of settings in which nothing is wrong.
struct ConfigCheckedRecord: PrintedObject {
  let document: String

  static let columns: [Column<Self>] = [.data("document") { $0.document }]
}

/// Where a person's settings are read from.
struct ConfigPathRecord: PrintedObject {
  /// The file; nil where the settings are in the store.
  let path: String?
  let words: String

  static let columns: [Column<Self>] = [.data("path") { $0.path }, .data("words") { $0.words }]
}

/// Whether settings are kept in the store for a person.
struct ConfigKeptRecord: PrintedObject {
  let user: String
  let isKept: Bool

  static let columns: [Column<Self>] = [.data("user") { $0.user }, .data("isKept") { $0.isKept }]
}
