package import Store

/// The store's queries on one connection of an engine, within one transaction or one consistent read.
package struct SQLTransaction {
  private let session: Session

  /// - Parameters:
  ///   - path: the place of the store for people, for errors.
  ///   - shelf: the laws that other transactions of the store read already.
  package init(
    on connection: any SQLConnection, path: String, bounds: WindowBounds = WindowBounds(),
    shelf: LawShelf = LawShelf()
  ) {
    session = Session(connection: connection, path: path, bounds: bounds, shelf: shelf)
  }

  package var reader: any StoreReader { session }

  /// The number that each change raises which can alter a decision.
  package func generation() throws -> Generation { try session.generation() }

  /// What readings ask before they need rows, which can be asked together with the beginning of their transaction.
  package static func firstQuestions(of readings: [(any StoreReader) throws -> Void]) -> [NotedStatement] {
    let noting = NotingConnection(over: nil)
    let session = Session(connection: noting, path: "")
    // Where a reading needs rows, it ends by an error.
    for reading in readings { try? reading(session) }
    return noting.statements
  }

  /// Runs the body of a write, and raises the generation where the body altered something on which a decision may rest.
  ///
  /// - Returns: the body's result, and whether the generation was raised.
  package func write<Result>(
    _ body: (any StoreWriter) throws -> Result
  ) throws -> (result: Result, isAltering: Bool) {
    let alteration = Session.Alteration()
    var session = session
    session.alteration = alteration
    session.waitingNames = Session.WaitingNames()
    let result = try body(session)
    try session.enterWaitingNames()
    if let reach = alteration.reach { try session.raiseGeneration(reach) }
    return (result, alteration.isMade)
  }
}
