/// A value that a statement takes, or that a row holds.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  package var text: String? { if case .text(let text) = self { text } else { nil } }
}

/// What can stand for a value in a statement.
package protocol SQLConvertible {
  var sqlValue: SQLValue { get }
}

extension SQLValue: SQLConvertible { package var sqlValue: SQLValue { self } }
extension Int64: SQLConvertible { package var sqlValue: SQLValue { .integer(self) } }
extension Int: SQLConvertible { package var sqlValue: SQLValue { .integer(Int64(self)) } }
extension Bool: SQLConvertible { package var sqlValue: SQLValue { .integer(self ? 1 : 0) } }
extension String: SQLConvertible { package var sqlValue: SQLValue { .text(self) } }

/// Bytes, as a value of SQL.
struct Blob: SQLConvertible {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  var sqlValue: SQLValue { .bytes(bytes) }
}

/// How many rows of a statement its caller is going to read. An engine that sends rows over a network sends no more.
package enum RowDemand: Hashable, Sendable {
  /// None, nor the number of changed rows. An engine may send such a statement together with the next one, and then
  /// throws its error from the next one, at the latest from the end of the transaction.
  case nothing
  /// At most this number.
  case atMost(Int)
  /// All rows, which are few enough to be kept in memory.
  case all
  /// All rows, which may be too many for that.
  case stream
}

/// One connection of an engine, within a transaction. Statements are written in the SQL that the engines share, with `?`
/// or `?1` for values, as SQLite numbers them (sqlite.org/lang_expr.html#varparam).
package protocol SQLConnection {
  /// Runs a statement, and returns its rows. The caller finishes them.
  ///
  /// Errors: ``StoreError``.
  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) throws -> any SQLRows

  /// Whether a statement costs a round trip to another process.
  var isDistant: Bool { get }

  /// Sends statements that only read, so that all of them cost one round trip. Their rows are kept until the transaction
  /// ends or writes something.
  ///
  /// Errors: ``StoreError``.
  func foresee(_ statements: [NotedStatement]) throws

  /// The rows of a statement that was foreseen; nil where it was not.
  func foreseen(_ statement: NotedStatement) -> (any SQLRows)?

  /// The damages that the engine itself finds, in words; among them differences from the schema that popsec made.
  /// The result is nil where the role of the connection may not look for them.
  ///
  /// Errors: ``StoreError``.
  func damages() throws -> [String]?
}

extension SQLConnection {
  package var isDistant: Bool { false }
  package func foresee(_ statements: [NotedStatement]) throws {}
  package func foreseen(_ statement: NotedStatement) -> (any SQLRows)? { nil }
}

/// A statement that is going to be run.
package struct NotedStatement {
  package let sql: String
  package let values: [SQLValue]
  package let demand: RowDemand
}

/// The rows of a statement. One row is read at a time, and is there only until the next.
package protocol SQLRows {
  /// Goes to the next row; false where there is none.
  func next() throws -> Bool
  /// Frees what the rows occupy. They must not be used afterwards.
  func finish()
  /// The number of rows that the statement changed, once ``next()`` was false.
  var changeCount: Int { get }

  func isNull(_ column: Int) -> Bool
  /// The number in a column; nil where there is something else.
  func integer(_ column: Int) -> Int64?
  /// The text in a column; nil where there is something else.
  func text(_ column: Int) -> String?
  /// The bytes in a column; nil where there is something else.
  func bytes(_ column: Int) -> [UInt8]?
  /// The name of a column; empty for an expression without a name.
  func name(_ column: Int) -> String
}
