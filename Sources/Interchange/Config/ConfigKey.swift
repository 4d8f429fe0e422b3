/// The keys of a document of one's own settings, in the order in which they are written. Reading, writing, the
/// schema and the hints about unknown keys all use this one table.
package enum ConfigKey: String, CaseIterable, EntryKey {
  case theme, startPage, timeZone, copyRowAs, keys, columns, views
  static let owner = ConfigDocument.owner

  /// What the key is for, in a sentence without a full stop.
  package var meaning: String {
    switch self {
    case .theme: "the colours of the console"
    case .startPage: "the page that the console opens"
    case .timeZone: "the zone in which the console shows times: a name such as Europe/Berlin, or local"
    case .copyRowAs: "the form in which the console copies a row"
    case .keys: "other keys for the actions of a page, or of every page"
    case .columns: "the columns of a list, in their order, after the one with the name, which always stays"
    case .views: "filters of a list that are kept under a letter and a name"
    }
  }
}

/// The keys of a view.
package enum ConfigViewKey: String, CaseIterable, EntryKey {
  case letter, name, filter, order, descending
  static let owner = "a view"
  package static let required: Set<ConfigViewKey> = [.letter, .name, .filter]

  package var meaning: String {
    switch self {
    case .letter: "the letter that chooses the view, once in a list"
    case .name: "what the view is called"
    case .filter: "the filter, as it is typed in the list"
    case .order: "the column by which the rows are ordered"
    case .descending: "whether the order is reversed"
    }
  }
}
