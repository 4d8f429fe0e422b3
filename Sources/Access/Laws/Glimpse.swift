/// What breaks a law by being seen, with what gives sight of it and the first instant at which nothing excuses that.
struct Glimpse {
  let giver: Giver
  let inForce: Bounds
  let at: Timestamp
  /// None of the boxes is empty.
  let boxes: [SightBox]
}

extension LawTrial {
  /// What breaks a law `never` or `within`.
  var seen: [Glimpse] {
    switch law.form {
    case .never(_, let what): glimpses(of: what)
    case .within: glimpsesBeyondTeam()
    case .apart, .tokens, .owned: []
    }
  }

  /// All that the subject can see of what a law speaks of.
  func glimpses(of what: LawWhat<AsFound>) -> [Glimpse] {
    let reaching = holdings.filter { $0.reaches(what.connector) }
    guard !reaching.isEmpty else { return [] }
    let wanted = what.boxes
    let part = what.connector.id.flatMap { ground.parts[$0] }
    return reaching.compactMap { holding in
      glimpse(
        holding, in: holding.inForce,
        wanted.compactMap {
          SightBox(holding.permissions, on: what.connector, part, $0.kind).intersection($0)
        })
    }
  }

  /// All that the subject can see and that no grant of the team covers at the same instant.
  func glimpsesBeyondTeam() -> [Glimpse] {
    holdings.flatMap { holding in
      if let connector = holding.connector { return beyondTeam(holding, on: connector) }
      let existing = Set(ground.parts.keys).union(ground.teamGrants.map(\.connector))
      // A grant is on one connector, so that it never covers a connector that may come.
      let rest = existing.union(gone)
      let coming = glimpse(holding, in: holding.inForce, SightBox.kinds.map { SightBox(allBut: rest, $0) })
      return existing.sorted().flatMap { beyondTeam(holding, on: $0) } + [coming].compactMap { $0 }
    }
  }

  /// The team's grant covers nothing while it is not in force.
  private func beyondTeam(_ holding: Holding, on connector: ConnectorID) -> [Glimpse] {
    func boxes(_ permissions: Permissions) -> [SightBox] {
      SightBox.kinds.map { SightBox(permissions, on: .present(connector), ground.parts[connector], $0) }
    }
    let seen = boxes(holding.permissions).filter { !$0.isEmpty }
    let team = ground.teamGrants.first { $0.connector == connector }?.permissions
    guard !seen.isEmpty, let team, team.giveData else {
      return [glimpse(holding, in: holding.inForce, seen)].compactMap { $0 }
    }
    let covered = boxes(team)
    let beyond = seen.flatMap { box in
      covered.first { $0.kind == box.kind }.map(box.pieces(outside:)) ?? [box]
    }
    let glimpses = [glimpse(holding, in: holding.inForce, beyond)]
    return
      (glimpses + holding.inForce.outside(team.bounds).map { glimpse(holding, in: $0, seen) }).compactMap {
        $0
      }
  }

  private func glimpse(_ holding: Holding, in bounds: Bounds, _ boxes: [SightBox]) -> Glimpse? {
    guard !boxes.isEmpty, let at = start(of: bounds) else { return nil }
    return Glimpse(giver: holding.giver, inForce: bounds, at: at, boxes: boxes)
  }
}

extension Bounds {
  /// The parts of these bounds at which the others are not in force: at most one before and one after.
  fileprivate func outside(_ other: Bounds) -> [Bounds] {
    let before = other.from.flatMap { intersection(Bounds(until: $0)) }
    let after = other.until.flatMap { intersection(Bounds(startingAt: $0)) }
    return [before, after].compactMap { $0 }
  }
}
