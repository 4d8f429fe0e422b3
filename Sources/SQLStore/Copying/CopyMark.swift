internal import Store

/// How far a copy came. The copy itself keeps this, in a table that is written in the same transactions as the rows, and
/// that the last transaction removes.
struct CopyMark: Hashable {
  /// The id of the store that is copied.
  let store: String
  /// The state of that store, in a form that other states don't have.
  let state: String
  /// The table that is being copied, by its place among all, and the number of its rows that are there.
  var table = 0
  var rows = 0
  /// The number of all rows that are there.
  var done = 0

  private static let columns = ["store_id", "state", "table_number", "row_count", "done"]

  /// Makes the tables of a part's mark, and sets aside what comes behind the rows.
  func begin(_ tables: [StoreContents.Table], in target: any SQLFilling, _ place: String) throws {
    let statements = try target.setAside(tables.map(\.name))
    let session = Session(connection: target, path: place)
    try session.executeAside(
      """
      CREATE TABLE copy_mark (store_id TEXT NOT NULL, state TEXT NOT NULL, table_number BIGINT NOT NULL,
        row_count BIGINT NOT NULL, done BIGINT NOT NULL)
      """)
    try session.executeAside(
      "CREATE TABLE copy_set_aside (number BIGINT NOT NULL PRIMARY KEY, statement TEXT NOT NULL)")
    for (index, statement) in statements.enumerated() {
      try session.executeAside(
        "INSERT INTO copy_set_aside (number, statement) VALUES (?, ?)", [index, statement])
    }
    try session.executeAside(
      "INSERT INTO copy_mark (store_id, state, table_number, row_count, done) VALUES (?, ?, ?, ?, ?)",
      [store, state, table, rows, done])
  }

  /// Errors: ``StoreError/foreign(path:)`` where something else is there.
  static func read(in copy: any SQLLoading, _ place: String) throws -> CopyMark {
    guard Set(try copy.columns(of: "copy_mark")) == Set(columns),
      let mark = try Session(connection: copy, path: place).first(
        "SELECT \(columns.joined(separator: ", ")) FROM copy_mark", [],
        { fields in
          CopyMark(
            store: try fields.text(0), state: try fields.text(1), table: Int(try fields.integer(2)),
            rows: Int(try fields.integer(3)), done: Int(try fields.integer(4)))
        })
    else { throw StoreError.foreign(path: place) }
    return mark
  }

  func write(in target: any SQLFilling, _ place: String) throws {
    try Session(connection: target, path: place).executeAside(
      "UPDATE copy_mark SET table_number = ?, row_count = ?, done = ?", [table, rows, done])
  }

  /// Carries out the next of the statements that were set aside; false where none is left.
  static func carryOutNext(in target: any SQLFilling, _ place: String) throws -> Bool {
    let session = Session(connection: target, path: place)
    let next = try session.first(
      "SELECT number, statement FROM copy_set_aside ORDER BY number LIMIT 1", [],
      { (number: try $0.integer(0), statement: try $0.text(1)) })
    guard let next else { return false }
    try target.carryOut(next.statement)
    try session.executeAside("DELETE FROM copy_set_aside WHERE number = ?", [next.number])
    return true
  }

  static func countSetAside(in copy: any SQLLoading, _ place: String) throws -> Int {
    try Session(connection: copy, path: place).count("SELECT count(*) FROM copy_set_aside")
  }

  /// The tables of the mark, which no store has.
  static let tables = ["copy_mark", "copy_set_aside"]
}
