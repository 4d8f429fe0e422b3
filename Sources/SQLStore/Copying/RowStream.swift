internal import Store

/// The rows of a table in order, each as its values.
final class RowStream {
  let table: StoreContents.Table
  let columns: [String]
  private let rows: any SQLRows
  /// SQLite begins a statement anew that is asked for more behind its end.
  private var isAtEnd = false

  /// The most rows, and about the most bytes, that are handed over at a time.
  private static let (mostRows, mostBytes) = (2_000, 1_000_000)

  convenience init(_ table: StoreContents.Table, in source: any SQLLoading, after count: Int = 0) throws {
    // SQLite has this number of itself, and PostgreSQL gives it anew, in the order of the rows.
    try self.init(
      table, try source.columns(of: table.name).filter { $0 != "rowid" }, in: source, after: count)
  }

  /// - Parameter count: the number of rows that are left out at the beginning.
  init(
    _ table: StoreContents.Table, _ columns: [String], in source: any SQLConnection, after count: Int = 0
  ) throws {
    (self.table, self.columns) = (table, columns)
    let names = columns.joined(separator: ", ")
    // Without need this would keep PostgreSQL from reading in the order of an index.
    let order = table.key.map { ($0.mayBeNull ? "\($0.name) IS NULL, " : "") + $0.name }
    let behind = count > 0 ? " LIMIT \(Int64.max) OFFSET \(count)" : ""
    rows = try source.run(
      "SELECT \(names) FROM \(table.name) ORDER BY \(order.joined(separator: ", "))\(behind)", [], .stream)
  }

  /// Whether the table has the same columns there.
  func hasColumns(of other: any SQLLoading) throws -> Bool {
    Set(columns) == Set(try other.columns(of: table.name).filter { $0 != "rowid" })
  }

  func next() throws -> [SQLValue]? {
    guard !isAtEnd, try rows.next() else {
      isAtEnd = true
      return nil
    }
    return columns.indices.map { column in
      rows.integer(column).map(SQLValue.integer) ?? rows.text(column).map(SQLValue.text)
        ?? rows.bytes(column).map(SQLValue.bytes) ?? .null
    }
  }

  /// The next rows, of about a limited size; nil at the end.
  ///
  /// - Parameter most: the greatest number of rows that are wanted.
  func portion(_ most: Int = .max) throws -> [[SQLValue]]? {
    var portion: [[SQLValue]] = []
    var bytes = 0
    while portion.count < min(most, Self.mostRows), bytes < Self.mostBytes, let row = try next() {
      bytes += row.reduce(0) { $0 + $1.byteCount }
      portion.append(row)
    }
    return portion.isEmpty ? nil : portion
  }

  /// Adds rows of this table to a copy. Accounts are entered into the search index in the same breath, so that no row is
  /// there without its entry.
  func add(_ rows: [[SQLValue]], to target: any SQLFilling) throws {
    try target.add(rows, to: table.name, columns)
    guard table.name == "account" else { return }
    let places = ["number", "name_key", "search_key", "deleted_at"].compactMap(columns.firstIndex)
    guard places.count == 4 else { return }
    let living = rows.filter { $0[places[3]] == .null }
    try target.addToSearch(
      try living.map { row in
        guard let number = row[places[0]].integer, let name = row[places[1]].text else {
          throw StoreError.constraint(detail: "an account has no name")
        }
        return (number, SearchGrams.document(SearchKeys(name: name, search: row[places[2]].text).folded))
      })
  }

  func finish() { rows.finish() }
}

extension SQLValue {
  /// About the room that the value takes.
  fileprivate var byteCount: Int {
    switch self {
    case .null: 1
    case .integer: 8
    case .text(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    }
  }
}
