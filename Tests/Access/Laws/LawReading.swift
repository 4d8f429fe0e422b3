import Access

/// The second reading of a law in one state: it asks ``decide(_:)`` about each thing at each of some instants.
struct LawReading {
  let world: LawWorld
  let law: Law<AsFound>
  let subject: LawSubject
  /// The grants of the team that `within` names.
  let teamGrants: [Grant]
  /// Bit i of a mask stands for the instant at index i.
  let instants: [Timestamp]
  /// The world whose words the law has.
  let words: LawWorld

  private var team: SubjectAccess {
    SubjectAccess(subject: .team(world.base.otherTeam), kind: nil, grants: teamGrants)
  }

  private var isMeant: Bool {
    switch law.form.who[subject.kind] {
    case .all: true
    case .named(let accounts): accounts.contains(.present(subject.id))
    case .members(let teams):
      subject.access.teams.contains { team in
        instants.contains { team.bounds.contains($0) } && teams.contains(.present(team.value))
      }
    case .labelled, nil: false
    }
  }

  private func isExcused(_ instant: Timestamp) -> Bool {
    if let until = law.exceptions[.present(subject.id)], instant < until { return true }
    return subject.kind == .user && subject.access.administrator(at: instant) != nil
  }

  /// The instants at which the subject sees a thing that the law means, and nothing excuses that. For `within` at which
  /// the team does not see the thing.
  func mask(_ thing: ImaginedThing, _ what: LawWhat<AsFound>?) -> UInt64 {
    guard isMeant, world.has(thing), what.map({ words.means($0, thing) }) ?? true else { return 0 }
    var mask: UInt64 = 0
    for (place, instant) in instants.enumerated() where !isExcused(instant) {
      guard world.sees(subject.access, thing, at: instant) else { continue }
      if what == nil, world.sees(team, thing, at: instant) { continue }
      mask |= 1 << UInt64(place)
    }
    return mask
  }

  /// The two things of the law, of which `never` and `within` have one.
  var whats: [LawWhat<AsFound>?] {
    switch law.form {
    case .never(_, let what): [what]
    case .apart(_, let what, let other): [what, other]
    case .within: [nil]
    case .tokens, .owned: []
    }
  }
}

/// All that breaks a law after a change and did not break it before, by brute force.
struct NewBreaches {
  let after: LawReading
  let before: LawReading?

  /// When a thing breaks the law before the change, and after it.
  private struct Masks: Hashable {
    let before: UInt64
    let after: UInt64
    /// Things of one connector are there together if both have a company, or none has.
    let connector: ConnectorID
    let hasCompany: Bool

    func isApart(from other: Masks) -> Bool {
      connector == other.connector && hasCompany != other.hasCompany
    }
  }

  private func masks(_ thing: ImaginedThing, _ place: Int) -> Masks {
    Masks(
      before: before.map { $0.mask(thing, $0.whats[place]) } ?? 0,
      after: after.mask(thing, after.whats[place]),
      connector: thing.connector, hasCompany: thing.company != nil)
  }

  private func mask(_ masks: [Masks]) -> UInt64 {
    guard let first = masks.first, let last = masks.last, !first.isApart(from: last) else { return 0 }
    return first.before & last.before == 0 ? first.after & last.after : 0
  }

  /// The instants at which these things newly break the law.
  func mask(_ things: [ImaginedThing]) -> UInt64 {
    mask(things.enumerated().map { masks($0.element, $0.offset) })
  }

  /// The first instant at which anything newly breaks the law; nil where nothing does.
  var first: Timestamp? {
    let world = after.world
    let things = Set(world.futures.flatMap { world.things(firstCompanies: $0) })
    let classes = after.whats.indices.map { place in
      Set(things.map { masks($0, place) }.filter { $0.after != 0 })
    }
    guard let ones = classes.first, let others = classes.last else { return nil }
    var all: UInt64 = 0
    for one in ones {
      if classes.count == 1 { all |= mask([one]) } else { for other in others { all |= mask([one, other]) } }
    }
    return all == 0 ? nil : after.instants[all.trailingZeroBitCount]
  }
}
