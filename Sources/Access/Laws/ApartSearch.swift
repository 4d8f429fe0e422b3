/// What a subject can see of the one part of a law `apart`, and of the other part.
struct BothParts {
  let trial: LawTrial
  let ones: [Glimpse]
  let others: [Glimpse]
  /// Whether both parts are of one connector. Its futures exclude each other; those of two connectors don't.
  let isSame: Bool

  /// Nil where the law is of another form.
  init?(_ trial: LawTrial) {
    guard case .apart(_, let what, let other) = trial.law.form else { return nil }
    self.trial = trial
    ones = trial.glimpses(of: what)
    others = ones.isEmpty ? [] : trial.glimpses(of: other)
    isSame = what.connector == other.connector
  }

  /// The first instant at which both are in force and nothing excuses that; nil where there is none.
  func meeting(_ one: Int, _ other: Int) -> Timestamp? {
    ones[one].inForce.intersection(others[other].inForce).flatMap(trial.start)
  }

  func boxes(_ one: Int, _ other: Int) -> [(one: SightBox, other: SightBox)] {
    ones[one].boxes.flatMap { box in
      others[other].boxes.flatMap { isSame ? box.futures(with: $0) : [(box, $0)] }
    }
  }
}

/// Looks for the earliest breach of a law `apart` that was none before.
struct ApartSearch {
  private struct Pair {
    let one: Int
    let other: Int
    let at: Timestamp
  }

  let present: BothParts

  /// - Parameters:
  ///   - past: made only where something is seen together at all.
  ///   - going: called often. An error that the closure throws ends the search.
  func first(since past: () -> LawTrial?, _ going: () throws -> Void) rethrows -> LawTrial.Found? {
    let pairs = try meetings(going)
    guard !pairs.isEmpty else { return nil }
    var past = past().flatMap(BothParts.init).map { PastParts($0, since: present) }
    for pair in pairs {
      try going()
      if past?.covers(pair.one, pair.other) == true { continue }
      if let found = try found(pair, &past, going) { return found }
    }
    return nil
  }

  /// The earliest first.
  private func meetings(_ going: () throws -> Void) rethrows -> [Pair] {
    var pairs: [Pair] = []
    for one in present.ones.indices {
      try going()
      for other in present.others.indices {
        if let at = present.meeting(one, other) { pairs.append(Pair(one: one, other: other, at: at)) }
      }
    }
    return pairs.sorted { ($0.at, $0.one, $0.other) < ($1.at, $1.one, $1.other) }
  }

  private func found(
    _ pair: Pair, _ past: inout PastParts?, _ going: () throws -> Void
  ) rethrows -> LawTrial.Found? {
    let together = past?.together(pair.one, pair.other) ?? SeenTogether(firsts: [], seconds: [])
    var first: (one: SeenThing, other: SeenThing)?
    for box in present.boxes(pair.one, pair.other) {
      let search = DoubleSearch(ground: present.trial.ground, other: box.other, past: together)
      guard let things = try search.things(of: box.one, going) else { continue }
      first = first ?? things
      guard things.one.exists, things.other.exists else { continue }
      first = things
      break
    }
    return first.map { things in
      let one = Sight(thing: things.one, giver: present.ones[pair.one].giver)
      let other = Sight(thing: things.other, giver: present.others[pair.other].giver)
      return LawTrial.Found(finding: .seesBoth(one, other), at: pair.at)
    }
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
