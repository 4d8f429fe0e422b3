private import CPostgres
internal import SQLStore

/// The rows of a result, all of which are in memory, in the binary form of the protocol.
final class PostgresRows: SQLRows {
  private let owner: Owner
  private var row: Int32 = -1
  let rowCount: Int32

  /// Frees the result with the last rows that are read from it.
  private final class Owner {
    let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    deinit { popsec_pq_clear(result) }
  }

  /// Takes over the result.
  convenience init(_ result: OpaquePointer) { self.init(Owner(result)) }

  private init(_ owner: Owner) {
    self.owner = owner
    rowCount = popsec_pq_row_count(owner.result)
  }

  /// The same rows, from the first on.
  var again: PostgresRows { PostgresRows(owner) }

  private var result: OpaquePointer { owner.result }

  var isSuccess: Bool {
    [POPSEC_PQ_COMMAND_OK, POPSEC_PQ_TUPLES_OK, POPSEC_PQ_EMPTY_QUERY]
      .contains(Int(popsec_pq_result_status(result)))
  }

  /// Whether this is the mark behind an answer in a pipeline, and no answer.
  var isSynchronization: Bool { Int(popsec_pq_result_status(result)) == POPSEC_PQ_PIPELINE_SYNC }

  func diagnostic(_ field: Int) -> String? {
    popsec_pq_diagnostic(result, Int32(field)).map { String(cString: $0) }
  }

  /// The number of bytes of all values.
  var byteCount: Int {
    let columns = popsec_pq_column_count(result)
    return (0..<rowCount).reduce(0) { sum, row in
      (0..<columns).reduce(sum) { $0 + Int(popsec_pq_length(result, row, $1)) }
    }
  }

  func next() -> Bool {
    guard row + 1 < rowCount else { return false }
    row += 1
    return true
  }

  /// The memory is freed with the last reference.
  func finish() {}

  var changeCount: Int { popsec_pq_changed_rows(result).flatMap { Int(String(cString: $0)) } ?? 0 }

  /// What the server carried out: ROLLBACK for a COMMIT of a transaction that had failed.
  var command: String { popsec_pq_command(result).map { String(cString: $0) } ?? "" }

  func isNull(_ column: Int) -> Bool { popsec_pq_is_null(result, row, Int32(column)) == 1 }

  func integer(_ column: Int) -> Int64? {
    guard let bytes = value(column) else { return nil }
    return switch popsec_pq_type(result, Int32(column)) {
    case PostgresType.int8 where bytes.count == 8: bytes.loadUnaligned(as: Int64.self).bigEndian
    case PostgresType.int4 where bytes.count == 4: Int64(bytes.loadUnaligned(as: Int32.self).bigEndian)
    case PostgresType.int2 where bytes.count == 2: Int64(bytes.loadUnaligned(as: Int16.self).bigEndian)
    case PostgresType.bool where bytes.count == 1: bytes[0] == 0 ? 0 : 1
    case PostgresType.numeric: Self.whole(bytes)
    default: nil
    }
  }

  /// A numeric without a fraction, as sums have it: digits to the base of 10,000 behind a head of four words
  /// (numeric_send in PostgreSQL's numeric.c).
  private static func whole(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    let words = stride(from: 0, to: bytes.count - 1, by: 2).map {
      Int64(bytes.loadUnaligned(fromByteOffset: $0, as: UInt16.self).bigEndian)
    }
    guard words.count >= 4, words.count == 4 + Int(words[0]) else { return nil }
    let (weight, sign) = (Int(Int16(truncatingIfNeeded: words[1])), words[2])
    guard sign == 0 || sign == 0x4000, words[0] <= weight + 1, weight < 5 else { return nil }
    var number: Int64 = 0
    for place in 0..<max(weight + 1, 0) {
      let (scaled, overflow) = number.multipliedReportingOverflow(by: 10_000)
      let digit = place < Int(words[0]) ? words[4 + place] : 0
      let (sum, overflows) = scaled.addingReportingOverflow(digit)
      guard !overflow, !overflows else { return nil }
      number = sum
    }
    return sign == 0 ? number : -number
  }

  func text(_ column: Int) -> String? {
    let types = [PostgresType.text, PostgresType.varchar, PostgresType.name]
    guard types.contains(popsec_pq_type(result, Int32(column))) else { return nil }
    return value(column).map { String(decoding: $0, as: UTF8.self) }
  }

  func bytes(_ column: Int) -> [UInt8]? { value(column).map(Array.init) }

  func name(_ column: Int) -> String {
    let name = popsec_pq_column_name(result, Int32(column)).map { String(cString: $0) } ?? ""
    // The server's name for an expression without one.
    return name == "?column?" ? "" : name
  }

  private func value(_ column: Int) -> UnsafeRawBufferPointer? {
    guard !isNull(column), let start = popsec_pq_value(result, row, Int32(column)) else { return nil }
    return UnsafeRawBufferPointer(start: start, count: Int(popsec_pq_length(result, row, Int32(column))))
  }
}

/// The rows of a cursor, which come in portions, so that their number does not matter.
final class PostgresCursor: SQLRows {
  private let connection: PostgresConnection
  private let name: String
  private var portion: PostgresRows
  private var size = 100

  /// The most rows, and about the most bytes, that are fetched at once.
  private static let (mostRows, mostBytes) = (2_000, 2_000_000)

  init(_ connection: PostgresConnection, _ sql: String, _ values: [SQLValue]) throws {
    self.connection = connection
    name = try connection.openCursor(sql, values)
    portion = try connection.fetch(size, from: name)
  }

  func next() throws -> Bool {
    if portion.next() { return true }
    guard portion.rowCount == size else { return false }
    size = min(Self.mostRows, max(1, Self.mostBytes / max(1, portion.byteCount / size)))
    portion = try connection.fetch(size, from: name)
    return portion.next()
  }

  func finish() {
    // Where this can't be sent, the connection is lost, and the cursor with it.
    _ = try? connection.close(cursor: name)
  }

  var changeCount: Int { 0 }

  func isNull(_ column: Int) -> Bool { portion.isNull(column) }
  func integer(_ column: Int) -> Int64? { portion.integer(column) }
  func text(_ column: Int) -> String? { portion.text(column) }
  func bytes(_ column: Int) -> [UInt8]? { portion.bytes(column) }
  func name(_ column: Int) -> String { portion.name(column) }
}
