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
  func first(since past: () -> LawTrial?) -> Found? {
    switch law.form {
    case .never: first(of: seen, since: past, LawBreach.Finding.sees)
    case .within: first(of: seen, since: past, LawBreach.Finding.seesBeyondTeam)
    case .apart(_, let what, let other): first(of: glimpses(of: what, with: other), since: past)
    case .tokens(_, let demands): first(of: tokens(failing: demands), since: past)
    case .owned:
      isUnowned && past()?.isUnowned != true ? Found(finding: .unowned(subject.ownership), at: now) : nil
    }
  }

  /// The first instant from now on within the bounds that nothing excuses; nil where there is none.
  func start(of bounds: Bounds) -> Timestamp? { bounds.firstUncovered(by: excused, from: now) }

  private func first(
    of glimpses: [Glimpse], since past: () -> LawTrial?, _ finding: @escaping (Sight) -> LawBreach.Finding
  ) -> Found? {
    guard !glimpses.isEmpty else { return nil }
    let past = past()?.seen.flatMap(\.boxes) ?? []
    return glimpses.sorted { $0.at < $1.at }.lazy.compactMap { glimpse in
      let things = glimpse.boxes.lazy.compactMap { ground.thing(of: $0, outside: past[...]) }
      return preferred(things) { $0.exists }.map {
        Found(finding: finding(Sight(thing: $0, giver: glimpse.giver)), at: glimpse.at)
      }
    }.first
  }

  private func first(of glimpses: [DoubleGlimpse], since past: () -> LawTrial?) -> Found? {
    guard !glimpses.isEmpty else { return nil }
    let past = past()?.seenTogether ?? .nothing
    return glimpses.sorted { $0.at < $1.at }.lazy.compactMap { glimpse in
      let things = glimpse.boxes.lazy.compactMap {
        DoubleSearch(ground: ground, other: $0.other, past: past).things(of: $0.one)
      }
      return preferred(things) { $0.one.exists && $0.other.exists }.map {
        Found(
          finding: .seesBoth(
            Sight(thing: $0.one, giver: glimpse.one), Sight(thing: $0.other, giver: glimpse.other)),
          at: glimpse.at)
      }
    }.first
  }
}
