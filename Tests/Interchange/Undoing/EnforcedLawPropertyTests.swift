import Access
import Store
import TestSupport
import Testing

@testable import Administration
@testable import Interchange

@Suite("Laws, over random changes")
struct EnforcedLawPropertyTests {
  @Test(
    "nobody comes to break an enforced law by a change that gives",
    arguments: Engine.runs(1...14, inDatabase: 2))
  func holds(run: Engine.Run) throws {
    let (fixture, seed) = (try Fixture(run.engine), run.seed)
    let clock = Ticking()
    let administration = Administration(
      store: fixture.store, keys: fixture.keys, operating: fixture.administration.operating,
      surroundings: Surroundings(now: { clock.now }, makeTokenID: { .generate() }))
    try fixture.apply(World(seed: seed).text)
    let random = RandomChanges(administration, seed: seed, lawModes: [.enforce, .enforce, .watch])
    for step in 0..<80 {
      let last = try fixture.store.read { try $0.auditHead()?.sequence ?? 0 }
      let before = try LawBreakers(fixture.store, at: clock.now).all
      let refusal = try random.step()
      let rows = try fixture.store.read { try $0.auditRecords(after: last, limit: 1_000) }
      if refusal != nil {
        #expect(rows.allSatisfy { $0.action == "attempt.refused" })
        continue
      }
      let steps = try rows.compactMap { try $0.step }
      let now = clock.now
      // What is taken away is never refused, and where something was given beside, only those to whom it was given are
      // looked at.
      guard steps.allSatisfy({ $0.mayGive(from: now) || $0.isOfLaws }) else { continue }
      let new = try LawBreakers(fixture.store, at: now).all.subtracting(before)
      #expect(new.isEmpty, "\(random.done.last ?? "") (seed \(seed), step \(step)): \(new.sorted())")
    }
  }
}

extension UndoStep {
  var isOfLaws: Bool { if case .law = change { true } else { false } }
}
