/// The output for an entry.
enum Output {
  case text(String)
  /// A word or number that is written without quotes, as `true` or `600`.
  case literal(String)
  case list([Output])
  case mapping([(key: String, value: Output)])

  /// The output for a list of names. An empty list is a default, which is left out.
  static func names(_ names: [String]) -> Output? { names.isEmpty ? nil : .list(names.map(Output.text)) }

  static func entries(_ entries: [Output]) -> Output? { entries.isEmpty ? nil : .list(entries) }

  /// The output for a flag. The default value is left out.
  static func flag(_ value: Bool, default usual: Bool) -> Output? {
    value == usual ? nil : .literal(String(value))
  }

  /// The output for an entry, with the keys in the order of their table. Keys without a value are left out.
  static func entry<Key: EntryKey>(_ value: (Key) throws -> Output?) rethrows -> Output {
    .mapping(try Key.allCases.compactMap { key in try value(key).map { (key.rawValue, $0) } })
  }
}

/// Writes a security file, one entry after the other.
protocol FileWriter {
  /// The text that was written so far.
  var text: String { get }
  mutating func begin()
  /// Begins the mapping `catalogue`. `endCatalogue()` ends it.
  mutating func beginCatalogue()
  mutating func endCatalogue()
  mutating func beginSection(_ key: String)
  mutating func add(_ entry: Output)
  mutating func endSection()
  mutating func end()
}
