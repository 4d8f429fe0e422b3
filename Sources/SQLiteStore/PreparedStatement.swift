private import Foundation
internal import GRDB
internal import GRDBSQLite
internal import SQLStore

/// A prepared statement while it is used once. GRDB prepares and keeps the statements; they are run through SQLite's own
/// functions, because GRDB's way to a row and to its values takes longer than SQLite's.
struct PreparedStatement {
  let handle: SQLiteStatement
  let database: Database
  /// Kept, because it owns the handle.
  private let owner: Statement

  /// Takes the kept statement, or another one where the kept one is being read.
  init(_ sql: String, _ values: [SQLValue], on database: Database) throws {
    let kept = try database.cachedStatement(sql: sql)
    owner = sqlite3_stmt_busy(kept.sqliteStatement) == 0 ? kept : try database.makeStatement(sql: sql)
    handle = owner.sqliteStatement
    self.database = database
    do { try bind(values) } catch {
      finish()
      throw error
    }
  }

  /// Goes to the next row; false where there is none.
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw problem()
    }
  }

  /// Makes the statement ready for its next use. What it read is no longer there afterwards.
  func finish() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  private func bind(_ values: [SQLValue]) throws {
    guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "wrong number of values")
    }
    var index: Int32 = 1
    for value in values {
      guard bind(value, at: index) == SQLITE_OK else { throw problem() }
      index += 1
    }
  }

  private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(handle, index)
    case .integer(let number): sqlite3_bind_int64(handle, index, number)
    case .text(let text): bind(text, at: index)
    case .bytes(let bytes):
      bytes.isEmpty
        ? sqlite3_bind_zeroblob(handle, index, 0)
        : bytes.withUnsafeBytes {
          sqlite3_bind_blob(handle, index, $0.baseAddress, Int32($0.count), Self.copied)
        }
    }
  }

  private func bind(_ text: String, at index: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        // An empty text has no address, and must not become NULL.
        guard let start = $0.baseAddress, !$0.isEmpty else {
          return sqlite3_bind_text(handle, index, "", 0, nil)
        }
        return sqlite3_bind_text(handle, index, start, Int32($0.count), Self.copied)
      }
    }
  }

  /// Has SQLite copy what is bound (SQLITE_TRANSIENT, which Swift can't import).
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private func problem() -> DatabaseError {
    guard let connection = database.sqliteConnection else { return DatabaseError(resultCode: .SQLITE_MISUSE) }
    let code = ResultCode(rawValue: sqlite3_extended_errcode(connection))
    return DatabaseError(resultCode: code, message: String(cString: sqlite3_errmsg(connection)))
  }
}
