/// Decides whether a subject breaks a law, at some instant from now on that is already fixed. The answer is the
/// counterexample with the earliest instant; nil where the law holds for the subject, or does not mean the subject.
///
/// The function is pure, and asks of a grant what ``decide(_:)`` asks in step 6. Its cost goes with what the subject
/// has and the law names, and not with the store.
package func firstBreach(
  of law: Law<AsFound>, by subject: LawSubject, in ground: LawGround, at now: Timestamp
) -> LawBreach? {
  guard let selection = law.form.who[subject.kind], selection.includes(subject, from: now) else { return nil }
  let trial = LawTrial(law: law, subject: subject, ground: ground, now: now)
  let found: LawTrial.Found? =
    switch law.form {
    case .never(_, let what): trial.sees(what)
    case .apart(_, let what, let other): trial.seesBoth(what, other)
    case .within: trial.seesBeyondTeam()
    case .tokens(_, let demands): trial.token(failing: demands)
    case .owned: trial.unowned()
    }
  return found.map { LawBreach(breaker: .account(subject.id), finding: $0.finding, at: $0.at) }
}

/// Decides whether a widget that asks for no token breaks a law: where it shows to everybody what no API user may ever
/// see. As with a subject it does not matter whether the widget is enabled.
package func firstBreach(
  of law: Law<AsFound>, by widget: Widget, in ground: LawGround, at now: Timestamp
) -> LawBreach? {
  guard widget.isOpen, case .never(let who, let what) = law.form, who.apiUsers == .all,
    what.connector == .present(widget.connector)
  else { return nil }
  // Whoever opens the widget sees all companies of its lists, and all items of them.
  let all = Dictionary(uniqueKeysWithValues: ItemKind.allCases.map { ($0, Coverage<ListItem>.all) })
  let shown = Permissions(roles: [.user], companies: .all, lists: .only(widget.lists), items: all)
  let sighting = Sighting(shown, on: what.connector, in: ground)
  return sighting.futures.lazy.compactMap { sighting.first(of: what, in: $0) }.first.map {
    LawBreach(breaker: .openWidget(widget.id), finding: .shows($0), at: now)
  }
}

extension Sighting {
  init(_ permissions: Permissions, on connector: Foreseen<ConnectorID>, in ground: LawGround) {
    self.permissions = permissions
    self.connector = connector
    part = connector.id.flatMap { ground.parts[$0] }
  }
}

/// One law tried on one subject.
struct LawTrial {
  struct Found {
    let finding: LawBreach.Finding
    let at: Timestamp
  }

  let law: Law<AsFound>
  let subject: LawSubject
  let ground: LawGround
  let now: Timestamp
  private let excused: [Bounds]
  private let holdings: [Holding]

  init(law: Law<AsFound>, subject: LawSubject, ground: LawGround, now: Timestamp) {
    (self.law, self.subject, self.ground, self.now) = (law, subject, ground, now)
    excused = subject.excused(by: law)
    holdings = subject.holdings(from: now)
  }

  func sees(_ what: LawWhat<AsFound>) -> Found? {
    earliest(
      holdings.lazy.compactMap { holding -> (LawBreach.Finding, Bounds)? in
        sights(holding, of: what).first.map { (.sees($0.sight), holding.inForce) }
      })
  }

  func seesBoth(_ what: LawWhat<AsFound>, _ other: LawWhat<AsFound>) -> Found? {
    let ones = holdings.map { (inForce: $0.inForce, sights: sights($0, of: what)) }.filter {
      !$0.sights.isEmpty
    }
    let others = holdings.map { (inForce: $0.inForce, sights: sights($0, of: other)) }
      .filter { !$0.sights.isEmpty }
    // Futures of one connector exclude each other; those of two don't.
    let isSame = what.connector == other.connector
    return earliest(
      ones.lazy.flatMap { one in
        others.lazy.compactMap { other -> (LawBreach.Finding, Bounds)? in
          guard let both = one.inForce.intersection(other.inForce) else { return nil }
          for first in one.sights {
            if let second = other.sights.first(where: { !isSame || $0.future == first.future }) {
              return (.seesBoth(first.sight, second.sight), both)
            }
          }
          return nil
        }
      })
  }

  func seesBeyondTeam() -> Found? {
    earliest(holdings.lazy.flatMap { beyondTeam($0) })
  }

  /// What a holding lets one see beyond the team, with the time. The team's grant covers nothing while it is not in force.
  private func beyondTeam(_ holding: Holding) -> [(LawBreach.Finding, Bounds)] {
    guard let connector = holding.connector else {
      // A grant is on one connector, so that it never covers a connector that may come.
      let thing = SeenThing(connector: .any, company: nil, list: .any)
      return [(.seesBeyondTeam(Sight(thing: thing, giver: holding.giver)), holding.inForce)]
    }
    let team = ground.teamGrants.first { $0.connector == connector }?.permissions
    let sighting = Sighting(holding.permissions, on: .present(connector), in: ground)
    let covering = team.map { Sighting($0, on: .present(connector), in: ground) }
    func found(_ thing: SeenThing, _ bounds: Bounds) -> (LawBreach.Finding, Bounds) {
      (.seesBeyondTeam(Sight(thing: thing, giver: holding.giver)), bounds)
    }
    if let thing = sighting.futures.lazy.compactMap({ sighting.first(beyond: covering, in: $0) }).first {
      return [found(thing, holding.inForce)]
    }
    guard let bounds = team?.bounds,
      let thing = sighting.first(of: LawWhat(allOf: .present(connector)), in: .grown)
    else { return [] }
    return holding.inForce.outside(bounds).map { found(thing, $0) }
  }

  private func sights(_ holding: Holding, of what: LawWhat<AsFound>) -> [(
    future: CatalogueFuture, sight: Sight
  )] {
    guard holding.reaches(what.connector) else { return [] }
    let sighting = Sighting(holding.permissions, on: what.connector, in: ground)
    return sighting.futures.compactMap { future in
      sighting.first(of: what, in: future).map { (future, Sight(thing: $0, giver: holding.giver)) }
    }
  }

  /// The finding that begins first outside of what is excused; of several that begin together the first one.
  private func earliest(_ findings: some Sequence<(LawBreach.Finding, Bounds)>) -> Found? {
    var best: Found?
    for (finding, bounds) in findings {
      guard let at = bounds.firstUncovered(by: excused, from: now), best.map({ at < $0.at }) ?? true else {
        continue
      }
      best = Found(finding: finding, at: at)
      if at == now { break }
    }
    return best
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
