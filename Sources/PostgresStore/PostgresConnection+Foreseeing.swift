internal import SQLStore
internal import Store

/// Statements that are read ahead, so that many of them cost one round trip.
extension PostgresConnection {
  /// A statement with its values.
  struct Question: Hashable {
    let sql: String
    let values: [SQLValue]
  }

  /// Whether a statement only reads. Others may change what was read ahead.
  static func onlyReads(_ sql: String) -> Bool { sql.hasPrefix("SELECT") || sql.hasPrefix("WITH") }

  /// The rows of a statement that was read ahead in this transaction; nil where it was not.
  func rows(ahead question: Question) -> PostgresRows? {
    foreseen.isEmpty ? nil : foreseen[question]?.again
  }

  /// Where the rows of more statements than this are kept, all of them are dropped before others are read ahead, so that a
  /// long transaction needs little memory.
  private static let mostForeseen = 5_000

  /// Sends statements that only read as one batch, and keeps their rows until the transaction writes something.
  func foresee(_ questions: [Question]) throws {
    if foreseen.count > Self.mostForeseen { foreseen = [:] }
    let asked = try ask(questions)
    guard !asked.isEmpty else { return }
    try eachAnswer { number, rows in
      if let question = asked[number] { foreseen[question] = rows }
    }
  }

  /// Begins a transaction with statements that take no values, and reads ahead in the same round trip. Returns the rows of
  /// the last statement that begins. Where only the reading ahead fails, whatever is run next throws the error.
  func begin(_ statements: [String], foreseeing questions: [Question] = []) throws -> PostgresRows {
    foreseen = [:]
    for statement in statements { try send(statement, []) }
    let last = queuedCount - 1
    let asked = try ask(questions)
    var begun: PostgresRows?
    do {
      try eachAnswer { number, rows in
        if number == last { begun = rows }
        if let question = asked[number] { foreseen[question] = rows }
      }
    } catch  where begun != nil && isConnected { foreseen = [:] }
    guard let begun else { throw StoreError.foreign(path: place) }
    return begun
  }

  /// Sends statements, and returns the numbers of their answers. A statement that is used for the first time is prepared
  /// before, which has an answer of its own.
  private func ask(_ questions: [Question]) throws -> [Int: Question] {
    var asked: [Int: Question] = [:]
    for question in Set(questions) where foreseen[question] == nil {
      try send(question.sql, question.values)
      asked[queuedCount - 1] = question
    }
    return asked
  }
}
