import Access
import Administration
import Interchange

/// What commands print about one thing: an object for scripts, a row of a table, or lines for people.
///
/// JSON, its schema, tables and the lines of `show` are all made from one list of columns.
protocol Record: PrintedObject {}

/// Some columns of a record, as a JSON object.
struct ChosenColumns<Row>: Encodable {
  let row: Row
  let columns: [Column<Row>]

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ColumnKey.self)
    for column in columns { try column.encode(row, &container) }
  }
}

/// A key of a record's JSON object, on which scripts rely.
struct ColumnKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// A column: one property of a record.
struct Column<Row>: Sendable {
  /// The member of the JSON object; nil for a column that only people see.
  let property: JSONSchema.Property?
  /// The title that people see above the column; nil for a column that only scripts receive.
  let title: String?
  let alignsRight: Bool
  /// The text that people see; nil where the row has none.
  let text: @Sendable (Row) -> String?
  fileprivate let encode: @Sendable (Row, inout KeyedEncodingContainer<ColumnKey>) throws -> Void

  /// The key in the JSON object; nil for a column that only people see.
  var key: String? { property?.key }

  /// A column that is the same for scripts and people.
  init<Value: CellValue>(
    _ key: String, _ title: String, alignsRight: Bool = false, _ value: @escaping @Sendable (Row) -> Value
  ) {
    self.init(key, title, alignsRight: alignsRight, value) { value($0).cellText }
  }

  /// A column that people see in words of their own. A nil value is null in JSON.
  init<Value: RecordValue>(
    _ key: String, _ title: String, alignsRight: Bool = false,
    _ value: @escaping @Sendable (Row) -> Value, text: @escaping @Sendable (Row) -> String?
  ) {
    self.init(
      JSONSchema.Property(key, Value.schema), title: title, alignsRight: alignsRight, text: text,
      encode: { try $1.encode(value($0), forKey: ColumnKey(stringValue: key)) })
  }

  /// A column for people only.
  static func shown(
    _ title: String, alignsRight: Bool = false, _ text: @escaping @Sendable (Row) -> String?
  ) -> Column {
    Column(nil, title: title, alignsRight: alignsRight, text: text, encode: { _, _ in })
  }

  /// A column for scripts only; nil is null.
  static func data<Value: RecordValue>(_ key: String, _ value: @escaping @Sendable (Row) -> Value) -> Column {
    Column(
      JSONSchema.Property(key, Value.schema),
      encode: { try $1.encode(value($0), forKey: ColumnKey(stringValue: key)) })
  }

  /// A column for scripts only; where the value is nil, its key is left out.
  static func dataIfAny<Value: RecordValue>(
    _ key: String, _ value: @escaping @Sendable (Row) -> Value?
  ) -> Column {
    Column(
      JSONSchema.Property(key, Value.schema, isRequired: false),
      encode: { try $1.encodeIfPresent(value($0), forKey: ColumnKey(stringValue: key)) })
  }

  fileprivate init(
    _ property: JSONSchema.Property?, title: String? = nil, alignsRight: Bool = false,
    text: @escaping @Sendable (Row) -> String? = { _ in nil },
    encode: @escaping @Sendable (Row, inout KeyedEncodingContainer<ColumnKey>) throws -> Void
  ) {
    (self.property, self.title, self.alignsRight) = (property, title, alignsRight)
    (self.text, self.encode) = (text, encode)
  }
}

extension Column {
  /// The same column of rows that hold such a row.
  func of<Outer>(_ row: @escaping @Sendable (Outer) -> Row) -> Column<Outer> {
    Column<Outer>(
      property, title: title, alignsRight: alignsRight, text: { [text] in text(row($0)) },
      encode: { [encode] in try encode(row($0), &$1) })
  }
}

/// A value that people see as scripts receive it.
protocol CellValue: RecordValue {
  var cellText: String { get }
}

extension String: CellValue {
  static var schema: JSONSchema { .text }
  var cellText: String { self }
}

extension Int: CellValue {
  static var schema: JSONSchema { .integer }
  var cellText: String { String(self) }
}

extension Int64: CellValue {
  static var schema: JSONSchema { .integer }
  var cellText: String { String(self) }
}

extension [String]: CellValue {
  var cellText: String { isEmpty ? "–" : joined(separator: ", ") }
}

extension Optional: CellValue where Wrapped: CellValue {
  var cellText: String { self?.cellText ?? "–" }
}

/// The word for a thing's state.
func stateText(isEnabled: Bool) -> String { isEnabled ? "enabled" : "disabled" }
