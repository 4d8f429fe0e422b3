import Access
import Administration

/// What commands print of one thing: an object for scripts, a row of a table or some lines for people.
///
/// One list of columns says all of it: from it JSON, tables and the lines of `show` are made.
protocol Record: Encodable, Sendable {
  /// In the order in which people are shown them.
  static var columns: [Column<Self>] { get }
}

extension Record {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ColumnKey.self)
    for column in Self.columns { try column.encode(self, &container) }
  }
}

/// A key of a record's JSON object, which scripts rely on.
struct ColumnKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// What can stand in a record's JSON object.
typealias RecordValue = Encodable & SendableMetatype

/// Something that a record tells.
struct Column<Row>: Sendable {
  /// What people are shown above it; nil where it is for scripts alone.
  let title: String?
  let alignsRight: Bool
  /// What people are shown; nil where this row has no such thing.
  let text: @Sendable (Row) -> String?
  fileprivate let encode: @Sendable (Row, inout KeyedEncodingContainer<ColumnKey>) throws -> Void

  /// For scripts and people, who are shown the same.
  init<Value: CellValue>(
    _ key: String, _ title: String, alignsRight: Bool = false, _ value: @escaping @Sendable (Row) -> Value
  ) {
    self.init(key, title, alignsRight: alignsRight, value) { value($0).cellText }
  }

  /// For scripts, and in words of their own for people. A value that is nil is null in JSON.
  init(
    _ key: String, _ title: String, alignsRight: Bool = false,
    _ value: @escaping @Sendable (Row) -> some RecordValue, text: @escaping @Sendable (Row) -> String?
  ) {
    (self.title, self.alignsRight, self.text) = (title, alignsRight, text)
    encode = { try $1.encode(value($0), forKey: ColumnKey(stringValue: key)) }
  }

  /// For people alone.
  static func shown(
    _ title: String, alignsRight: Bool = false, _ text: @escaping @Sendable (Row) -> String?
  ) -> Column {
    Column(title: title, alignsRight: alignsRight, text: text, encode: { _, _ in })
  }

  /// For scripts alone; nil is null.
  static func data(_ key: String, _ value: @escaping @Sendable (Row) -> some RecordValue) -> Column {
    Column(encode: { try $1.encode(value($0), forKey: ColumnKey(stringValue: key)) })
  }

  /// For scripts alone; where it is nil, its key is left out.
  static func dataIfAny(_ key: String, _ value: @escaping @Sendable (Row) -> (some RecordValue)?) -> Column {
    Column(encode: { try $1.encodeIfPresent(value($0), forKey: ColumnKey(stringValue: key)) })
  }

  private init(
    title: String? = nil, alignsRight: Bool = false,
    text: @escaping @Sendable (Row) -> String? = { _ in nil },
    encode: @escaping @Sendable (Row, inout KeyedEncodingContainer<ColumnKey>) throws -> Void
  ) {
    (self.title, self.alignsRight, self.text, self.encode) = (title, alignsRight, text, encode)
  }
}

/// A value that people are shown as scripts get it.
protocol CellValue: RecordValue {
  var cellText: String { get }
}

extension String: CellValue {
  var cellText: String { self }
}

extension Int: CellValue {
  var cellText: String { String(self) }
}

extension Int64: CellValue {
  var cellText: String { String(self) }
}

extension [String]: CellValue {
  var cellText: String { isEmpty ? "–" : joined(separator: ", ") }
}

extension Optional: CellValue where Wrapped: CellValue {
  var cellText: String { self?.cellText ?? "–" }
}

/// What a thing's state is called.
func stateText(isEnabled: Bool) -> String { isEnabled ? "enabled" : "disabled" }

/// A value whose key stands in the JSON also where there is none: then it is null.
struct Nullable<Value: Encodable>: Encodable {
  let value: Value?

  init(_ value: Value?) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}
