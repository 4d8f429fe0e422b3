package import Access
internal import Store

extension Administration {
  /// The commands that make what rows tell; empty where commands can't make all of it.
  package func commands(making rows: [AuditRecord]) throws -> [[String]] {
    guard rows.count <= StepCommands.mostSteps else { return [] }
    var steps: [UndoStep] = []
    for row in rows {
      guard let step = try row.step else { return [] }
      steps.append(step)
    }
    let names = try read(.useCase(.securityRead)) { reader in
      var names = try NameBook(placesOf: reader)
      try names.enterRoles(reader)
      for step in steps { try names.enter(namesOf: step, reader) }
      return names
    }
    return StepCommands(names).commands(for: steps)
  }
}

extension NameBook {
  /// Enters the names that a step has by their ids.
  fileprivate mutating func enter(namesOf step: UndoStep, _ reader: any SecurityReader) throws {
    switch step.change {
    case .grant(_, let connector, _, _):
      if connectors[connector] == nil, let found = try reader.connector(connector) {
        enter(try reader.catalogue(of: found))
      }
    case .member(_, let id, _, _, _), .token(_, let id, _, _, _):
      if let account = try reader.account(id) { accounts[id] = (account.kind, account.name) }
    default: break
    }
  }
}
