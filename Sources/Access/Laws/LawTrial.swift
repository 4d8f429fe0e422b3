/// One law tried on one subject in one state.
struct LawTrial {
  struct Found {
    let finding: LawBreach.Finding
    let at: Timestamp
  }

  let law: Law<AsFound>
  let subject: LawSubject
  let ground: LawGround
  let now: Timestamp
  let holdings: [Holding]
  /// The connectors that there are no more.
  let gone: Set<ConnectorID>
  private let excused: [Bounds]

  /// Makes the trial; nil where the law does not mean the subject.
  init?(
    of law: Law<AsFound>, _ subject: LawSubject, in ground: LawGround, gone: Set<ConnectorID> = [],
    at now: Timestamp
  ) {
    guard let selection = law.form.who[subject.kind], selection.includes(subject, from: now) else {
      return nil
    }
    (self.law, self.subject, self.ground, self.gone, self.now) = (law, subject, ground, gone, now)
    excused = subject.excused(by: law)
    holdings = subject.holdings(from: now)
  }

  /// The first breach of those that the past does not have. The past is made only where there is a breach at all.
  ///
  /// - Parameter going: called often. An error that the closure throws ends the trial.
  func first(since past: () -> LawTrial?, _ going: () throws -> Void) rethrows -> Found? {
    switch law.form {
    case .never: try first(of: seen, since: past, going, LawBreach.Finding.sees)
    case .within: try first(of: seen, since: past, going, LawBreach.Finding.seesBeyondTeam)
    case .apart: try BothParts(self).flatMap { try ApartSearch(present: $0).first(since: past, going) }
    case .tokens(_, let demands): first(of: tokens(failing: demands), since: past)
    case .owned:
      isUnowned && past()?.isUnowned != true ? Found(finding: .unowned(subject.ownership), at: now) : nil
    }
  }

  /// The first instant from now on within the bounds that nothing excuses; nil where there is none.
  func start(of bounds: Bounds) -> Timestamp? { bounds.firstUncovered(by: excused, from: now) }

  private func first(
    of glimpses: [Glimpse], since past: () -> LawTrial?, _ going: () throws -> Void,
    _ finding: (Sight) -> LawBreach.Finding
  ) rethrows -> Found? {
    guard !glimpses.isEmpty else { return nil }
    let past = past()?.seen.flatMap(\.boxes) ?? []
    for glimpse in glimpses.sorted(by: { $0.at < $1.at }) {
      try going()
      let things = glimpse.boxes.lazy.compactMap { ground.thing(of: $0, outside: past[...]) }
      guard let thing = preferred(things, { $0.exists }) else { continue }
      return Found(finding: finding(Sight(thing: thing, giver: glimpse.giver)), at: glimpse.at)
    }
    return nil
  }
}
