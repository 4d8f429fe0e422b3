internal import Store

/// Reading ahead: where a statement costs a round trip, those that do not depend on each other are sent at once.
///
/// A body first runs on a connection that notes what the body asks, and stops where the body needs rows to go on. What was
/// noted is sent, and the body runs again and comes further. In the end it runs on the rows that are kept. Its statements
/// therefore only read, and it changes nothing else.
extension Session {
  /// The most round trips that one reading ahead takes. What depends on more is read when it is needed.
  private static let mostRounds = 8

  /// Runs a body whose statements do not depend on each other's rows. What is read for each row of a statement, as it is
  /// parsed, may depend on that row.
  func together<Result>(_ body: (Session) throws -> Result) throws -> Result {
    guard connection.isDistant else { return try body(self) }
    if let noting = connection as? NotingConnection { return try noting.guessing { try body(self) } }
    for _ in 0..<Self.mostRounds {
      let noting = NotingConnection(over: connection)
      do { return try noting.guessing { try body(on(noting)) } } catch is NotingConnection.AwaitsRows {
        guard !noting.statements.isEmpty else { break }
        try connection.foresee(noting.statements)
      }
    }
    return try body(self)
  }

  /// Reads ahead what several bodies are going to read that do not depend on each other. An error of a body is ignored here:
  /// the body throws the error again when its caller runs it for good.
  func foreseeRows(_ readings: [(Session) throws -> Void]) throws {
    guard connection.isDistant else { return }
    if connection is NotingConnection {
      var isWaiting = false
      for reading in readings {
        do { try reading(self) } catch is NotingConnection.AwaitsRows { isWaiting = true } catch {}
      }
      if isWaiting { throw NotingConnection.AwaitsRows() }
      return
    }
    for _ in 0..<Self.mostRounds {
      let noting = NotingConnection(over: connection)
      for reading in readings { try? reading(on(noting)) }
      guard !noting.statements.isEmpty else { return }
      try connection.foresee(noting.statements)
    }
  }

  func foresee(_ readings: [(any SecurityReader) throws -> Void]) throws {
    try foreseeRows(readings.map { reading in { try reading($0) } })
  }

  func foresee(_ readings: [(any StoreReader) throws -> Void]) throws {
    try foreseeRows(readings.map { reading in { try reading($0) } })
  }

  /// Reads something of each item, of all of them at once.
  func each<Item, Result>(
    of items: [Item], _ body: (Session, Item) throws -> Result
  ) throws -> [Result] {
    if connection.isDistant {
      try withoutActuallyEscaping(body) { body in
        try foreseeRows(items.map { item in { _ = try body($0, item) } })
      }
    }
    return try items.map { try body(self, $0) }
  }

  private func on(_ connection: any SQLConnection) -> Session {
    var session = self
    session.connection = connection
    return session
  }
}
