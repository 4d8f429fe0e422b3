import Access
import Store
import Synchronization
import TestSupport
import Testing

@testable import Administration
@testable import Interchange

@Suite("Laws that are looked at before they are added")
struct LawForesightTests {
  private let fixture: Fixture
  private let portal: Account
  private let other: Account
  private let team: Team

  init() throws {
    fixture = try Fixture()
    (portal, other, team) = try fixture.administration.change { change in
      let portal = try change.addAccount(.apiUser, name: try Name("Portal"))
      let other = try change.addAccount(.apiUser, name: try Name("Other"))
      for account in [portal, other] {
        try change.addToken(to: account.id, name: try Name("web"), expiry: .at(change.now.adding(days: 9)))
      }
      let team = try change.addTeam(name: try Name("Portals"))
      try change.saveMembers(of: team.id, adding: [portal.id], removing: [])
      return (portal, other, team)
    }
  }

  /// Tokens of those in the team `Portals` end.
  private static func law(_ mode: LawMode = .enforce) throws -> Law<AsWritten> {
    try Law(
      name: Name("tokens end"), mode: mode,
      form: .tokens(LawWho(apiUsers: .members([Name("Portals")])), TokenDemands(isExpiring: true)))
  }

  /// Adds the law where no transaction may look at everybody, while others do something after the first look.
  private func add(
    _ meddle: @escaping @Sendable (Administration) throws -> Void,
    before body: (Change) throws -> Void = { _ in }
  ) throws {
    let others = fixture.administration
    let isDone = Mutex(false)
    let store = MeddledStore(fixture.store) {
      guard !isDone.withLock({ $0 }) else { return }
      isDone.withLock { $0 = true }
      do { try meddle(others) } catch { Issue.record(error) }
    }
    var administration = Administration(
      store: store, keys: fixture.keys, operating: fixture.administration.operating)
    administration.lawPatience = .zero
    defer { #expect(store.lookCount > 0) }
    try administration.change { change in
      try body(change)
      try change.addLaw(try Self.law())
    }
  }

  private func addForeverToken(_ change: Change, to account: Account) throws {
    try change.addToken(to: account.id, name: try Name("for ever"), expiry: .never)
  }

  @Test("a law that holds is added, whatever others do to those whom it does not mean")
  func holds() throws {
    try add { others in try others.change { try addForeverToken($0, to: other) } }
    #expect(try fixture.administration.read { try $0.laws().count } == 1)
  }

  @Test("what others do after the look is seen: to an account, to a member, to a team")
  func meddled() throws {
    let meddling: [@Sendable (Change) throws -> Void] = [
      { try addForeverToken($0, to: portal) },
      { change in
        try addForeverToken(change, to: other)
        try change.saveMembers(of: team.id, adding: [other.id], removing: [])
      },
      { change in
        let token = try #require(try change.reader.tokens(of: portal.id).first)
        try change.setExpiry(.never, of: token.id)
      },
    ]
    for meddle in meddling {
      let number = Mutex<Int64?>(nil)
      #expect(throws: LawTrouble.self) {
        try add { others in
          try others.change(meddle)
          let last = try others.ownChanges().first?.number
          number.withLock { $0 = last }
        }
      }
      #expect(try fixture.administration.read { try $0.laws() }.isEmpty)
      try fixture.administration.undo(try #require(number.withLock { $0 }))
    }
  }

  @Test(
    "what the transaction itself does is seen: it may break the law, and it may mend what broke the law before"
  )
  func own() throws {
    #expect(throws: LawTrouble.self) {
      try add({ _ in }, before: { try addForeverToken($0, to: portal) })
    }
    try fixture.administration.change { try addForeverToken($0, to: portal) }
    #expect(throws: LawTrouble.self) { try add { _ in } }
    try add({ _ in }) { change in
      for token in try change.reader.tokens(of: portal.id) where token.expiry == .never {
        try change.revoke(token.id)
      }
    }
  }

  @Test(
    "nobody comes to break an enforced law, where laws are looked at first and others change things",
    arguments: Engine.runs(1...5, inDatabase: 1))
  func random(run: Engine.Run) throws {
    let (fixture, seed) = (try Fixture(run.engine), run.seed)
    try fixture.apply(World(seed: seed).text)
    let clock = Ticking()
    let surroundings = Surroundings(now: { clock.now }, makeTokenID: { .generate() })
    let others = Meddler(
      RandomChanges(
        Administration(
          store: fixture.store, keys: fixture.keys, operating: fixture.administration.operating,
          surroundings: surroundings), seed: seed + 1_000, lawModes: [.enforce, .watch]))
    let store = MeddledStore(fixture.store) { others.step() }
    var administration = Administration(
      store: store, keys: fixture.keys, operating: fixture.administration.operating,
      surroundings: surroundings)
    administration.lawPatience = .zero
    let random = RandomChanges(administration, seed: seed, lawModes: [.enforce, .enforce, .watch])
    for step in 0..<60 {
      let last = try fixture.store.read { try $0.auditHead()?.sequence ?? 0 }
      let before = try LawBreakers(fixture.store, at: clock.now).all
      try random.step()
      let rows = try fixture.store.read { try $0.auditRecords(after: last, limit: 1_000) }
      let now = clock.now
      guard try rows.compactMap({ try $0.step }).allSatisfy({ $0.mayGive(from: now) || $0.isOfLaws }) else {
        continue
      }
      let new = try LawBreakers(fixture.store, at: now).all.subtracting(before)
      #expect(new.isEmpty, "\(random.done.last ?? "") (seed \(seed), step \(step)): \(new.sorted())")
    }
  }
}

/// Somebody else who changes the store at random.
private final class Meddler: Sendable {
  private let changes: Mutex<RandomChanges>

  init(_ changes: sending RandomChanges) { self.changes = Mutex(changes) }

  func step() {
    changes.withLock { changes in
      do { try changes.step() } catch { Issue.record(error) }
    }
  }
}
