/// A connection on which a whole store is read.
package protocol SQLLoading: SQLConnection {
  /// The names of a table's columns; none where there is no such table.
  func columns(of table: String) throws -> [String]
}

/// A connection to a new store that is filled with the rows of another one.
package protocol SQLFilling: SQLLoading {
  /// Sets aside the rules that hold for changes and not for copies, such as that audit rows are never removed, and whatever
  /// is made faster of all rows at once, such as indexes. Removes the rows that every new store has.
  ///
  /// - Returns: the statements that make all that again, in their order.
  func setAside(_ tables: [String]) throws -> [String]
  /// Carries out one of these statements.
  func carryOut(_ statement: String) throws
  /// Adds rows, each of which has the values of these columns.
  func add(_ rows: [[SQLValue]], to table: String, _ columns: [String]) throws
  /// Enters living accounts into the search index: each one's number, and the grams of its name.
  func addToSearch(_ entries: [(account: Int64, grams: String)]) throws
  /// Checks the rules that were set aside, and has rows numbered on behind the last one.
  func settle(_ tables: [String]) throws
}

/// The two databases, or schemas, of a store.
package enum CopyPart: Hashable, Sendable, CaseIterable {
  /// The store's own.
  case store
  /// The one that gates write.
  case uses
}

/// A copy that is being made, at its place but under names by which no program takes it for a store. It stays there when
/// the process ends, and goes on where the last transaction ended.
package protocol CopyDraft {
  /// The place of the copy, for people.
  var place: String { get }
  /// Whether the copy was found whole, and only has to be published.
  var isWhole: Bool { get }
  /// Whether a part was made, and its filling began.
  func isMade(_ part: CopyPart) throws -> Bool
  /// Makes the tables of a part, and runs the body in the same transaction.
  func make(_ part: CopyPart, _ body: (any SQLFilling) throws -> Void) throws
  /// Runs one transaction.
  func write<Result>(_ part: CopyPart, _ body: (any SQLFilling) throws -> Result) throws -> Result
  func read<Result>(_ part: CopyPart, _ body: (any SQLLoading) throws -> Result) throws -> Result
  /// Removes a part, as far as it was made.
  func remove(_ part: CopyPart) throws
  /// Has the engine look at what there is, so that it plans queries by that.
  func learn() throws
  /// Makes a store of the copy. Until the end of this, there is none.
  func publish() throws
}
