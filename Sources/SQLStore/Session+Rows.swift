internal import Store

/// Many rows with few statements, because each statement costs its engine as much as several rows do.
extension Session {
  /// The numbers of rows that one statement may take, the greatest first. They are few, because a statement is prepared
  /// for its number of rows.
  private static let portionSizes = [64, 8, 1]

  /// Cuts rows into portions of the sizes for which statements are prepared.
  static func portions<Row>(of rows: [Row]) -> [ArraySlice<Row>] {
    var portions: [ArraySlice<Row>] = []
    var rest = rows[...]
    for size in portionSizes {
      while rest.count >= size {
        portions.append(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
    }
    return portions
  }

  /// Inserts rows in any order. No two of them may have the same key.
  ///
  /// - Parameters:
  ///   - table: the table with its columns: `denial (id, at)`.
  ///   - conflict: what is done with a row that is there already: `ON CONFLICT …`.
  func add(_ rows: [[Value]], to table: String, _ conflict: String) throws {
    // A statement is also prepared for the types of its values, and a missing value has none.
    for alike in Dictionary(grouping: rows, by: { $0.map { $0 == nil } }).values {
      for portion in Self.portions(of: alike) {
        let marks = portion.map { "(\($0.map { _ in "?" }.joined(separator: ", ")))" }.joined(separator: ", ")
        try execute("INSERT INTO \(table) VALUES \(marks) \(conflict)", portion.flatMap { $0 })
      }
    }
  }
}
