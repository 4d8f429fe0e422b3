/// A connection that notes the questions which it is asked, and has no rows. What changes something is no question.
final class NotingConnection: SQLConnection {
  private(set) var statements: [NotedStatement] = []

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) -> any SQLRows {
    switch demand {
    case .all, .atMost: statements.append(NotedStatement(sql: sql, values: values, demand: demand))
    case .nothing, .stream: break
    }
    return NoRows()
  }

  func damages() -> [String]? { [] }
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
