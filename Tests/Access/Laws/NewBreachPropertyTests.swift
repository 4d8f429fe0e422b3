import Access
import Testing

@Suite struct NewBreachPropertyTests {
  private static let seeds = 0..<600 as Range<UInt64>

  @Test("what is found is the first of all breaches after a change that were none before, by brute force")
  func secondReading() throws {
    var (broken, old) = (0, 0)
    for seed in Self.seeds {
      let change = try RandomChange(seed: seed)
      let (breach, expected) = (change.breach, change.expected)
      #expect(breach?.at == expected.first, "seed \(seed)")
      let standing = firstBreach(of: change.law, by: change.subject, in: change.ground, at: change.now)
      old += standing != nil && breach == nil ? 1 : 0
      guard let breach else { continue }
      broken += 1
      let things: [SeenThing] =
        switch breach.finding {
        case .sees(let sight), .seesBeyondTeam(let sight): [sight.thing]
        case .seesBoth(let first, let second): [first.thing, second.thing]
        case .shows, .token, .unowned: []
        }
      let mask = expected.mask(things.map(change.world.thing))
      #expect(mask != 0, "seed \(seed): \(breach.finding)")
      let place = expected.after.instants.firstIndex(of: breach.at) ?? 0
      #expect(mask & 1 << UInt64(place) != 0, "seed \(seed): \(breach)")
    }
    #expect((100...500).contains(broken), "\(broken) new")
    #expect((30...500).contains(old), "\(old) old")
  }

  @Test("a change that changes nothing, or takes grants away, makes no new breach")
  func takingAway() throws {
    for seed in Self.seeds {
      let change = try RandomChange(seed: seed)
      var less = change.subject
      guard less.kind == .apiUser else { continue }
      less.access.grants.removeLast(min(Int(seed % 3), less.access.grants.count))
      let found = newBreach(
        of: change.law, by: less, in: change.ground, before: (change.subject, change.ground), at: change.now)
      #expect(found == nil, "seed \(seed)")
    }
  }
}
