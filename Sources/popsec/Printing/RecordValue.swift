import Access
import Administration
import Interchange

/// A value that can stand in the JSON which commands print.
protocol RecordValue: Encodable, SendableMetatype {
  /// The schema of the value's JSON.
  static var schema: JSONSchema { get }
}

/// A JSON object that commands print, alone or inside another. The object and its schema are made of the same columns.
protocol PrintedObject: RecordValue, Sendable {
  /// The columns, in the order in which people see them.
  static var columns: [Column<Self>] { get }
}

extension PrintedObject {
  static var schema: JSONSchema { .object(columns.compactMap(\.property)) }

  func encode(to encoder: any Encoder) throws {
    try ChosenColumns(row: self, columns: Self.columns).encode(to: encoder)
  }
}

/// What a command prints as a whole, or as the elements of a list. `popsec schema` has its schema.
protocol Printed: RecordValue {
  static var schemaTitle: SchemaTitle { get }
}

extension Bool: RecordValue {
  static var schema: JSONSchema { .boolean }
}

extension Int32: RecordValue {
  static var schema: JSONSchema { .integer }
}

extension Optional: RecordValue where Wrapped: RecordValue {
  static var schema: JSONSchema { Wrapped.schema.orNull }
}

extension Array: RecordValue where Element: RecordValue {
  static var schema: JSONSchema { .array(of: Element.schema) }
}

extension Dictionary: RecordValue where Key == String, Value: RecordValue {
  static var schema: JSONSchema { .map(to: Value.schema) }
}

extension Labels: RecordValue {
  static var schema: JSONSchema { .map(to: .text) }
}

/// An instant, as in `2027-02-21T00:00:00Z`.
struct Instant: CellValue {
  private let text: String

  init(_ timestamp: Timestamp) { text = timestamp.description }

  static var schema: JSONSchema { .instant }
  var cellText: String { text }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension Timestamp {
  /// The instant in the JSON that commands print.
  var printed: Instant { Instant(self) }
}

extension Expiry {
  /// The expiry in the JSON that commands print: an instant or the word `never`.
  struct Printed: RecordValue {
    fileprivate let text: String

    static var schema: JSONSchema { .any(of: [.instant, .words(["never"])]) }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(text)
    }
  }

  var printed: Printed { Printed(text: text) }
}

/// A word of a fixed set.
struct Word<Kind: RawRepresentable<String> & CaseIterable & SendableMetatype>: CellValue {
  private let text: String

  init(_ kind: Kind) { text = kind.rawValue }

  static var schema: JSONSchema { .words(Kind.allCases.map(\.rawValue)) }
  var cellText: String { text }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
