@testable import SQLStore
import Store
import Testing

@Suite("what does not depend on each other is read in one round trip") struct ReadingAheadTests {
  @Test("rows that are read for each row come together, however many there are")
  func rowsOfRows() throws {
    let database = DistantDatabase { sql, values in
      sql == "SELECT id" ? [[.integer(1)], [.integer(2)], [.integer(3)]] : [[values[0]], [values[0]]]
    }
    let found = try database.session.together { session in
      try session.rows("SELECT id") { fields in
        let id = try fields.integer(0)
        return try session.rows("SELECT parts WHERE id = ?", [id]) { try $0.integer(0) }
      }
    }
    #expect(found == [[1, 1], [2, 2], [3, 3]])
    #expect(database.rounds == [["SELECT id"], Array(repeating: "SELECT parts WHERE id = ?", count: 3)])
    #expect(database.single == [])
  }

  @Test("each item goes as far as its rows lead, and none waits for another")
  func items() throws {
    let database = DistantDatabase { sql, values in
      switch (sql, values[0]) {
      case ("SELECT first WHERE id = ?", .integer(2)): []
      default: [[values[0]]]
      }
    }
    let found = try database.session.each(of: [1, 2, 3]) { session, id -> Int64? in
      let first = try session.first("SELECT first WHERE id = ?", [id]) { try $0.integer(0) }
      guard let first else { return nil }
      return try session.first("SELECT second WHERE id = ?", [first]) { try $0.integer(0) }
    }
    #expect(found == [1, nil, 3])
    // Nothing is asked about the second item that only its first row could tell.
    #expect(database.rounds.map(\.count) == [3, 2])
    #expect(database.single == [])
  }

  @Test("an error of one item is thrown, and what another reads is not lost")
  func errors() throws {
    struct Wrong: Error {}
    let database = DistantDatabase { _, values in [[values[0]]] }
    #expect(throws: Wrong.self) {
      try database.session.each(of: [1, 2]) { session, id in
        let found = try session.first("SELECT first WHERE id = ?", [id]) { try $0.integer(0) }
        if found == 1 { throw Wrong() }
        return try session.count("SELECT second WHERE id = ?", [id])
      }
    }
    #expect(database.rounds.map(\.count) == [2, 1])
  }

  @Test("a stream, and what changes something, is run once, and not ahead")
  func otherStatements() throws {
    let database = DistantDatabase { _, _ in [[.integer(7)]] }
    let found = try database.session.together { session in
      let count = try session.count("SELECT count")
      try session.executeAside("UPDATE")
      return try session.some("SELECT stream", limit: 3) { try $0.integer(0) } + [Int64(count)]
    }
    #expect(found == [7, 7])
    #expect(database.rounds == [["SELECT count"]])
    #expect(database.single == ["UPDATE", "SELECT stream"])
  }

  @Test("a store on the same machine is asked once for each statement")
  func near() throws {
    let database = DistantDatabase(isDistant: false) { _, values in [[values[0]]] }
    let found = try database.session.each(of: [1, 2]) { try $0.count("SELECT first WHERE id = ?", [$1]) }
    #expect(found == [1, 2])
    #expect(database.rounds == [])
    #expect(database.single.count == 2)
  }
}

/// A database whose answers a closure gives, and which notes how it was asked.
private final class DistantDatabase: SQLConnection {
  let isDistant: Bool
  private let answer: (String, [SQLValue]) -> [[SQLValue]]
  private var kept: [Question: [[SQLValue]]] = [:]
  /// The statements of each round trip that read ahead.
  private(set) var rounds: [[String]] = []
  /// The statements that were run by themselves.
  private(set) var single: [String] = []

  private struct Question: Hashable {
    let sql: String
    let values: [SQLValue]
  }

  init(isDistant: Bool = true, _ answer: @escaping (String, [SQLValue]) -> [[SQLValue]]) {
    (self.isDistant, self.answer) = (isDistant, answer)
  }

  var session: Session { Session(connection: self, path: "") }

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) -> any SQLRows {
    if let rows = foreseen(NotedStatement(sql: sql, values: values, demand: demand)) { return rows }
    single.append(sql)
    return ListedRows(answer(sql, values))
  }

  func foresee(_ statements: [NotedStatement]) {
    rounds.append(statements.map(\.sql))
    for statement in statements {
      let question = Question(sql: statement.sql, values: statement.values)
      kept[question] = answer(statement.sql, statement.values)
    }
  }

  func foreseen(_ statement: NotedStatement) -> (any SQLRows)? {
    kept[Question(sql: statement.sql, values: statement.values)].map(ListedRows.init)
  }

  func damages() -> [String]? { [] }
}

private final class ListedRows: SQLRows {
  private let rows: [[SQLValue]]
  private var row = -1

  init(_ rows: [[SQLValue]]) { self.rows = rows }

  func next() -> Bool {
    row += 1
    return row < rows.count
  }

  func finish() {}
  var changeCount: Int { 0 }
  func isNull(_ column: Int) -> Bool { rows[row][column] == .null }
  func integer(_ column: Int) -> Int64? { rows[row][column].integer }
  func text(_ column: Int) -> String? { rows[row][column].text }
  func bytes(_ column: Int) -> [UInt8]? { nil }
  func name(_ column: Int) -> String { "" }
}
