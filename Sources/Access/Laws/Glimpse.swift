/// What breaks a law by being seen, with what gives sight of it and the first instant at which nothing excuses that.
struct Glimpse {
  let giver: Giver
  let inForce: Bounds
  let at: Timestamp
  /// None of the boxes is empty.
  let boxes: [SightBox]
}

/// What breaks a law by being seen together with something else.
struct DoubleGlimpse {
  let one: Giver
  let other: Giver
  let at: Timestamp
  /// Each thing of the one box may be there together with each thing of the other box. None of the boxes is empty.
  let boxes: [(one: SightBox, other: SightBox)]
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

  /// What breaks a law `apart`.
  var seenTogether: SeenTogether {
    guard case .apart(_, let what, let other) = law.form else { return .nothing }
    return seenTogether(what, with: other)
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

  /// All that the subject can see of the one together with something of the other.
  func glimpses(of what: LawWhat<AsFound>, with other: LawWhat<AsFound>) -> [DoubleGlimpse] {
    let others = glimpses(of: other)
    guard !others.isEmpty else { return [] }
    // Futures of one connector exclude each other; those of two don't.
    let isSame = what.connector == other.connector
    return glimpses(of: what).flatMap { one in
      others.compactMap { other in
        guard let both = one.inForce.intersection(other.inForce), let at = start(of: both) else { return nil }
        let boxes = one.boxes.flatMap { box in
          other.boxes.flatMap { isSame ? box.futures(with: $0) : [(box, $0)] }
        }
        return boxes.isEmpty ? nil : DoubleGlimpse(one: one.giver, other: other.giver, at: at, boxes: boxes)
      }
    }
  }

  /// The same, to be compared with what can be seen together later.
  private func seenTogether(_ what: LawWhat<AsFound>, with other: LawWhat<AsFound>) -> SeenTogether {
    let others = glimpses(of: other).flatMap { glimpse in glimpse.boxes.map { (glimpse.inForce, box: $0) } }
    let firsts = glimpses(of: what).flatMap { one in
      let partners = others.indices.filter { place in
        one.inForce.intersection(others[place].0).flatMap(start) != nil
      }
      return one.boxes.map { SeenTogether.First(box: $0, partners: Set(partners)) }
    }
    return SeenTogether(firsts: firsts, seconds: others.map(\.box))
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

extension SightBox {
  /// The parts of both boxes that may be there together, on one connector.
  fileprivate func futures(with other: SightBox) -> [(one: SightBox, other: SightBox)] {
    zip(futures, other.futures).compactMap { one, other in
      one.flatMap { one in other.map { (one, $0) } }
    }
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
