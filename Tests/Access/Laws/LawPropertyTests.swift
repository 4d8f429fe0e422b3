import Access
import Testing

@Suite struct LawPropertyTests {
  /// One law tried on one subject, with a second reading that asks ``decide(_:)`` for each thing at each instant.
  struct Case {
    let world: LawWorld
    let law: Law<AsFound>
    let subject: LawSubject
    let ground: LawGround

    init(seed: UInt64) throws {
      var random = try RandomLaws(seed: seed)
      world = random.world
      subject = try random.subject()
      law = try random.law(try random.form())
      var ground = world.ground
      ground.teamGrants = random.teamGrants()
      self.ground = ground
    }

    var now: Timestamp { world.base.now }
    var breach: LawBreach? { firstBreach(of: law, by: subject, in: ground, at: now) }
    /// The team of `within` with its own grants.
    var team: SubjectAccess {
      SubjectAccess(subject: .team(world.base.otherTeam), kind: nil, grants: ground.teamGrants)
    }

    func isExcused(_ instant: Timestamp) -> Bool {
      if let until = law.exceptions[.present(subject.id)], instant < until { return true }
      return subject.kind == .user && subject.access.administrator(at: instant) != nil
    }

    /// The first instant at which the law is broken, by brute force.
    var brokenAt: Timestamp? {
      var instants = subject.access.instants(after: now).union(team.instants(after: now)).union([now])
      instants.formUnion(law.exceptions.values.filter { now < $0 })
      return instants.sorted().first { instant in
        !isExcused(instant)
          && world.futures.contains { isBroken(at: instant, world.things(firstCompanies: $0)) }
      }
    }

    private func isBroken(at instant: Timestamp, _ things: [ImaginedThing]) -> Bool {
      func isSeen(_ what: LawWhat<AsFound>) -> Set<ConnectorID> {
        Set(
          things.filter { world.means(what, $0) && world.sees(subject.access, $0, at: instant) }.map(
            \.connector))
      }
      switch law.form {
      case .never(_, let what): return !isSeen(what).isEmpty
      case .apart(_, let what, let other): return !isSeen(what).isEmpty && !isSeen(other).isEmpty
      case .within:
        return things.contains {
          world.sees(subject.access, $0, at: instant) && !world.sees(team, $0, at: instant)
        }
      case .tokens, .owned: return false
      }
    }
  }

  private func forMany(_ body: (Case, UInt64) throws -> Void) throws {
    for seed in 0..<900 as Range<UInt64> { try body(try Case(seed: seed), seed) }
  }

  @Test("a law is broken exactly when the decision itself, asked for each thing at each instant, says so")
  func secondReading() throws {
    var broken = 0
    try forMany { one, seed in
      let breach = one.breach
      #expect(breach?.at == one.brokenAt, "seed \(seed)")
      broken += breach == nil ? 0 : 1
    }
    #expect((200...800).contains(broken), "\(broken) of 900")
  }

  @Test("each counterexample is real: its giver alone gives what is named at that instant")
  func counterexamples() throws {
    try forMany { one, seed in
      guard let breach = one.breach else { return }
      func isReal(_ sight: Sight) -> Bool {
        var access = one.subject.access
        access.grants.removeAll { sight.giver != .grant($0.id, of: $0.subject) }
        access.roles.removeAll { $0.isAdministrator && sight.giver != .administrator($0.holder) }
        return one.world.sees(access, one.world.thing(sight.thing), at: breach.at)
      }
      #expect(!one.isExcused(breach.at), "seed \(seed)")
      switch (one.law.form, breach.finding) {
      case (.never(_, let what), .sees(let sight)):
        #expect(isReal(sight) && one.world.means(what, one.world.thing(sight.thing)), "seed \(seed)")
      case (.apart(_, let what, let other), .seesBoth(let first, let second)):
        #expect(isReal(first) && one.world.means(what, one.world.thing(first.thing)), "seed \(seed)")
        #expect(isReal(second) && one.world.means(other, one.world.thing(second.thing)), "seed \(seed)")
      case (.within, .seesBeyondTeam(let sight)):
        #expect(isReal(sight), "seed \(seed)")
        #expect(!one.world.sees(one.team, one.world.thing(sight.thing), at: breach.at), "seed \(seed)")
      default: Issue.record("seed \(seed): \(breach.finding)")
      }
    }
  }

  @Test("taking something away never breaks a law about what can be seen")
  func takingAway() throws {
    try forMany { one, seed in
      guard one.breach == nil else { return }
      var less = one.subject
      // The role Administrator excuses a user, so that taking it away may show what it hid.
      guard less.kind == .apiUser else { return }
      for index in less.access.grants.indices {
        less = one.subject
        less.access.grants.remove(at: index)
        #expect(firstBreach(of: one.law, by: less, in: one.ground, at: one.now) == nil, "seed \(seed)")
      }
    }
  }
}
