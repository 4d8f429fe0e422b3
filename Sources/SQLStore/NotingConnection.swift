/// A connection that gives the rows which were read ahead, and notes every other question that it is asked.
final class NotingConnection: SQLConnection {
  /// Why a body does not go on: what it does next may depend on rows that are not there yet.
  struct AwaitsRows: Error {}

  private let base: (any SQLConnection)?
  private(set) var statements: [NotedStatement] = []
  /// Whether a question that has no rows yet gets none, because the questions behind it do not depend on them.
  private var isGuessing = false
  /// The number of questions that had no rows.
  private var missingCount = 0

  /// - Parameter base: the connection that read ahead; nil where nothing was read yet.
  init(over base: (any SQLConnection)?) { self.base = base }

  var isDistant: Bool { true }

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) throws -> any SQLRows {
    let statement = NotedStatement(sql: sql, values: values, demand: demand)
    if let rows = base?.foreseen(statement) { return rows }
    missingCount += 1
    switch demand {
    case .all, .atMost: statements.append(statement)
    // What changes something is no question, and a stream is too long to be kept.
    case .nothing, .stream: throw AwaitsRows()
    }
    guard isGuessing else { throw AwaitsRows() }
    return NoRows()
  }

  /// Runs a body whose questions do not depend on each other's rows, so that all of them are noted.
  func guessing<Result>(_ body: () throws -> Result) throws -> Result {
    if isGuessing { return try body() }
    isGuessing = true
    defer { isGuessing = false }
    let before = missingCount
    // Whatever the body makes of no rows, an error too, means nothing.
    let result = Swift.Result { try body() }
    guard missingCount == before else { throw AwaitsRows() }
    return try result.get()
  }

  func damages() throws -> [String]? { throw AwaitsRows() }
}

/// What there is of a statement whose rows nobody wants.
package struct NoRows: SQLRows {
  package init() {}

  package var changeCount: Int { 0 }

  package func next() -> Bool { false }
  package func finish() {}
  package func isNull(_ column: Int) -> Bool { true }
  package func integer(_ column: Int) -> Int64? { nil }
  package func text(_ column: Int) -> String? { nil }
  package func bytes(_ column: Int) -> [UInt8]? { nil }
  package func name(_ column: Int) -> String { "" }
}
