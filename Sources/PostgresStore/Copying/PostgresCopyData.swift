internal import SQLStore

/// Rows in the binary form of COPY (postgresql.org/docs/15/sql-copy.html).
struct PostgresCopyData {
  private let types: [UInt32]
  private var bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [UInt8](repeating: 0, count: 8)

  /// - Parameter types: those of the columns.
  init(_ types: [UInt32]) { self.types = types }

  /// Adds a row; false where a value is not of its column's type.
  mutating func add(_ row: [SQLValue]) -> Bool {
    put(UInt16(row.count))
    for (value, type) in zip(row, types) where !put(value, type) { return false }
    return true
  }

  /// All rows, and the mark of their end.
  var finished: [UInt8] { bytes + [0xFF, 0xFF] }

  private mutating func put(_ value: SQLValue, _ type: UInt32) -> Bool {
    switch (value, type) {
    case (.null, _): put(UInt32.max)
    case (.integer(let number), PostgresType.int8):
      put(UInt32(8))
      put(UInt64(bitPattern: number))
    case (.integer(let number), PostgresType.int4):
      guard let number = Int32(exactly: number) else { return false }
      put(UInt32(4))
      put(UInt32(bitPattern: number))
    case (.integer(let number), PostgresType.int2):
      guard let number = Int16(exactly: number) else { return false }
      put(UInt32(2))
      put(UInt16(bitPattern: number))
    case (.text(let text), PostgresType.text), (.text(let text), PostgresType.varchar):
      put(UInt32(text.utf8.count))
      bytes += text.utf8
    case (.bytes(let value), PostgresType.bytea):
      put(UInt32(value.count))
      bytes += value
    case (.text(let grams), PostgresType.tsvector): put(grams: grams)
    default: return false
    }
    return true
  }

  /// Words as popsec_grams makes them of a text: each once, without places, in any order (tsvectorrecv in PostgreSQL's
  /// tsvector.c).
  private mutating func put(grams: String) {
    let words = Set(grams.utf8.split(separator: 0x20).map(Array.init))
    put(UInt32(words.reduce(4) { $0 + $1.count + 3 }))
    put(UInt32(words.count))
    for word in words { bytes += word + [0, 0, 0] }
  }

  private mutating func put(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
  }
}
