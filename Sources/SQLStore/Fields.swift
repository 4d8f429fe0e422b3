internal import Access
internal import Store

/// The columns of one row, by position. A value that Access does not accept is damage, because popsec never
/// writes one. By convention the first column identifies the row.
///
/// A row is there only until its statement goes on.
struct Fields {
  private let row: any SQLRows
  private let path: String

  init(_ row: any SQLRows, path: String) { (self.row, self.path) = (row, path) }

  /// The value as it is stored: a number, a text, or nothing.
  func stored(_ column: Int) -> SQLValue {
    row.integer(column).map(SQLValue.integer) ?? row.text(column).map(SQLValue.text) ?? .null
  }

  func integer(_ column: Int) throws -> Int64 { try checked(column, row.integer(column)) }

  func optionalInteger(_ column: Int) throws -> Int64? { try optional(column, integer) }

  func text(_ column: Int) throws -> String { try checked(column, row.text(column)) }

  func optionalText(_ column: Int) throws -> String? { try optional(column, text) }

  func bytes(_ column: Int) throws -> [UInt8] { try checked(column, row.bytes(column)) }

  func flag(_ column: Int) throws -> Bool {
    switch try integer(column) {
    case 0: false
    case 1: true
    default: throw damage(column)
    }
  }

  func id<Kind>(_ column: Int) throws -> Identifier<Kind> {
    try checked(column, Identifier(rawValue: try integer(column)))
  }

  func optionalID<Kind>(_ column: Int) throws -> Identifier<Kind>? { try optional(column, id) }

  func name(_ column: Int) throws -> Name {
    // popsec never writes a name that would be trimmed, so such a name is damage.
    let text = try text(column)
    return try checked(column, (try? Name(text)).flatMap { $0.text == text ? $0 : nil })
  }

  func optionalName(_ column: Int) throws -> Name? { try optional(column, name) }

  func summary(_ column: Int) throws -> Summary {
    let text = try text(column)
    return try checked(column, try? Summary(text))
  }

  func time(_ column: Int) throws -> Timestamp {
    try checked(column, Timestamp(secondsSince1970: try integer(column)))
  }

  func optionalTime(_ column: Int) throws -> Timestamp? { try optional(column, time) }

  /// Those that begin in this column and end in the next.
  func bounds(_ column: Int) throws -> Bounds {
    try checked(
      column, try? Bounds(from: try optionalTime(column), until: try optionalTime(column + 1)))
  }

  func value<Value: RawRepresentable<String>>(_ column: Int) throws -> Value {
    try checked(column, Value(rawValue: try text(column)))
  }

  /// The value that was made of a column. Where none could be made, the row is damaged.
  func checked<Value>(_ column: Int, _ value: Value?) throws -> Value {
    guard let value else { throw damage(column) }
    return value
  }

  private func optional<Value>(_ column: Int, _ read: (Int) throws -> Value) throws -> Value? {
    row.isNull(column) ? nil : try read(column)
  }

  private func damage(_ column: Int) -> StoreError {
    let name = row.name(column)
    let key = row.integer(0).flatMap(RowID.init(rawValue:))
    let place = key.map { "row \($0)" } ?? "a row"
    // SQLite names the column of an unnamed expression by its SQL.
    let isPlain = name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (0x61...0x7A).contains($0) }
    return .corrupt(path: path, detail: "\(place) has a bad \(isPlain ? name : "value")")
  }
}

/// The id of a row of any table, for messages.
private typealias RowID = Identifier<Fields>
