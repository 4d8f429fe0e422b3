/// A value of a document, as YAML and JSON have it.
package enum DocumentValue: Hashable, Sendable {
  case text(String)
  /// A word or number that is written without quotes, as `true` or `600`.
  case literal(String)
  case list([DocumentValue])
  case mapping([Member])

  /// A key of a mapping, with its value.
  package struct Member: Hashable, Sendable {
    package let key: String
    package let value: DocumentValue

    package init(key: String, value: DocumentValue) { (self.key, self.value) = (key, value) }
  }

  package static let null = DocumentValue.literal("null")

  /// The document's value for a list of names. An empty list is a default, which is left out.
  static func names(_ names: [String]) -> DocumentValue? {
    names.isEmpty ? nil : .list(names.map(DocumentValue.text))
  }

  static func entries(_ entries: [DocumentValue]) -> DocumentValue? { entries.isEmpty ? nil : .list(entries) }

  /// The document's value for a flag. The default value is left out.
  static func flag(_ value: Bool, default usual: Bool) -> DocumentValue? {
    value == usual ? nil : .literal(String(value))
  }

  /// The document's value for an entry, with the keys in the order of their table. Keys without a value are left out.
  static func entry<Key: EntryKey>(_ value: (Key) throws -> DocumentValue?) rethrows -> DocumentValue {
    .mapping(
      try Key.allCases.compactMap { key in try value(key).map { Member(key: key.rawValue, value: $0) } })
  }
}

/// Reads a value from JSON. The keys of a mapping are sorted.
extension DocumentValue: Decodable {
  package init(from decoder: any Swift.Decoder) throws {
    if let mapping = try? decoder.container(keyedBy: AnyKey.self) {
      let keys = mapping.allKeys.sorted { $0.stringValue < $1.stringValue }
      self = .mapping(
        try keys.map {
          Member(key: $0.stringValue, value: try mapping.decode(DocumentValue.self, forKey: $0))
        })
      return
    }
    if var list = try? decoder.unkeyedContainer() {
      var elements: [DocumentValue] = []
      while !list.isAtEnd { elements.append(try list.decode(DocumentValue.self)) }
      self = .list(elements)
      return
    }
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let text = try? single.decode(String.self) {
      self = .text(text)
    } else if let flag = try? single.decode(Bool.self) {
      self = .literal(String(flag))
    } else if let number = try? single.decode(Int64.self) {
      self = .literal(String(number))
    } else {
      self = .literal(String(try single.decode(Double.self)))
    }
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
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
  mutating func add(_ entry: DocumentValue)
  mutating func endSection()
  mutating func end()
}
