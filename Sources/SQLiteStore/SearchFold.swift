internal import GRDB
internal import SQLStore
internal import Store

/// The form in which names are searched, as a function of SQL: token names have no column for it.
enum SearchFold {
  static let name = "popsec_folded"

  static let function = DatabaseFunction(name, argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map(SearchText.fold)
  }
}
