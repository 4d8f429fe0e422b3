import Access
import Store
import Testing

@testable import Administration
@testable import Interchange

@Suite("Laws, over random changes")
struct EnforcedLawPropertyTests {
  private struct Breaker: Hashable, Comparable {
    let law: String
    /// The id of an account, or of an open widget.
    let id: String
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
            found.insert(Breaker(law: broken.law.name.text.lowercased(), id: row.account.id.description))
          }
        }
      }
      for widget in try reader.widgets() where widget.isOpen {
        for law in laws where try shows(widget, law, reader) {
          found.insert(Breaker(law: law.name.text.lowercased(), id: widget.id.description))
        }
      }
      var listed: Set<Breaker> = []
      try LawChecker(laws, source, at: now).forEachBreach { broken in
        let id =
          switch broken.breach.breaker {
          case .account(let id): id.description
          case .openWidget(let id): id.description
          }
        listed.insert(Breaker(law: broken.law.name.text.lowercased(), id: id))
      }
      #expect(listed == found, "the check of the whole store finds who breaks a law")
      return found
    }
  }

  /// Whether an open widget shows something that the law forbids to all API users, read from names alone: it shows all
  /// companies and all items of its lists, those that may come, too.
  private func shows(_ widget: Widget, _ law: Law<AsWritten>, _ reader: any StoreReader) throws -> Bool {
    guard case .never(let who, let what) = law.form, who.apiUsers == .all,
      let connector = try reader.connector(widget.connector),
      NameKey(connector.name) == NameKey(what.connector)
    else { return false }
    let lists = try reader.lists(of: widget.connector).filter { widget.lists.contains($0.id) }
      .map { NameKey($0.name) }
    func has(_ names: Coverage<Name>) -> Bool {
      names.only.map { $0.contains { lists.contains(NameKey($0)) } } ?? !lists.isEmpty
    }
    let meant = what.lists.only.map { Set($0.map { NameKey($0) }) }
    let items = what.items.values.contains { coverage in
      guard let named = coverage.only else { return true }
      return named.contains { item in
        lists.contains(NameKey(item.list)) && meant?.contains(NameKey(item.list)) ?? true
      }
    }
    return has(what.lists) && (what.items.isEmpty || items)
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
