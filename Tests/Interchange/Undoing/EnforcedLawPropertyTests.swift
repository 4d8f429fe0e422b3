import Access
import Store
import Testing

@testable import Administration
@testable import Interchange

@Suite("Laws, over random changes")
struct EnforcedLawPropertyTests {
  private struct Breaker: Hashable, Comparable {
    let law: String
    let id: AccountID
    static func < (left: Self, right: Self) -> Bool { (left.law, left.id) < (right.law, right.id) }
  }

  /// Who breaks which enforced law. Everybody is looked at, whatever a change touched.
  private func breakers(_ fixture: Fixture, at now: Timestamp) throws -> Set<Breaker> {
    try fixture.store.read { reader in
      let source = AccessSource(reader)
      let laws = try reader.laws().filter { $0.mode == .enforce }
      let checker = LawChecker(laws, source, at: now)
      var found: Set<Breaker> = []
      for kind in AccountKind.allCases {
        try reader.forEachAccount(AccountQuery(kind: kind), now: now) { row in
          for broken in try checker.breaches(by: row.account.id) {
            found.insert(Breaker(law: broken.law.name.text.lowercased(), id: row.account.id))
          }
        }
      }
      var listed: Set<Breaker> = []
      try LawChecker(laws, source, at: now).forEachBreach { broken in
        if case .account(let id) = broken.breach.breaker {
          listed.insert(Breaker(law: broken.law.name.text.lowercased(), id: id))
        }
      }
      #expect(listed == found, "the check of the whole store finds who breaks a law")
      return found
    }
  }

  @Test("nobody comes to break an enforced law by a change that gives", arguments: 1...40)
  func holds(seed: UInt64) throws {
    let fixture = try Fixture()
    let clock = Ticking()
    let administration = Administration(
      store: fixture.store, keys: fixture.keys, operating: fixture.administration.operating,
      surroundings: Surroundings(now: { clock.now }, makeTokenID: { .generate() }))
    try fixture.apply(World(seed: seed).text)
    let random = RandomChanges(administration, seed: seed, lawModes: [.enforce, .enforce, .watch])
    for step in 0..<80 {
      let last = try fixture.store.read { try $0.auditHead()?.sequence ?? 0 }
      let before = try breakers(fixture, at: clock.now)
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
      let new = try breakers(fixture, at: now).subtracting(before)
      #expect(new.isEmpty, "\(random.done.last ?? "") (seed \(seed), step \(step)): \(new.sorted())")
    }
  }
}

extension UndoStep {
  fileprivate var isOfLaws: Bool { if case .law = change { true } else { false } }
}
