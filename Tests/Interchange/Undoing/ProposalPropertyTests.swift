import Access
import Foundation
import Sealing
import Store
import Synchronization
import TestSupport
import Testing

@testable import Administration
@testable import Interchange

@Suite("Proposals, of random changes")
struct ProposalPropertyTests {
  @Test(
    "a change that waited for a second person has the same result as one that is made at once",
    arguments: Engine.runs(1...5, inDatabase: 1))
  func becomesTheSame(run: Engine.Run) throws {
    let (fixture, seed) = (try Fixture(run.engine), run.seed)
    let clock = Ticking()
    try fixture.apply(World(seed: seed).text)
    let (first, second) = try twoKeepers(fixture, clock)
    let random = RandomChanges(first, seed: seed)
    var waited = 0
    for _ in 0..<60 {
      let (complaint, expected) = try rehearsed(random, first, fixture)
      let real = try random.step()
      if let notice = real as? WaitingNotice {
        #expect(complaint == nil)
        #expect(try second.preview(of: notice.number).obstacle == nil)
        try second.agree(to: notice.number)
        waited += 1
      } else {
        #expect(real?.message == complaint?.message)
      }
      if complaint == nil { #expect(try content(fixture.store) == expected) }
    }
    #expect(waited > 3)
    #expect(try fixture.store.read { try $0.damages() } == [])
  }

  /// What the store would hold after the next step, done at once.
  private func rehearsed(
    _ random: RandomChanges, _ administration: Administration, _ fixture: Fixture
  ) throws -> ((any Complaint)?, String) {
    let found = Mutex("")
    let rehearsal = RehearsalStore(base: fixture.store) { writer in
      let text = try Self.content(writer)
      found.withLock { $0 = text }
    }
    let complaint = try random.tryStep(by: administration.rehearsing(on: rehearsal, TouchLog()))
    return (complaint, found.withLock { $0 })
  }

  private func twoKeepers(_ fixture: Fixture, _ clock: Ticking) throws -> (Administration, Administration) {
    let users = try fixture.administration.change { change in
      try RandomChanges.spared.map { name in
        let unix = UnixAccountName(String(name.dropFirst(7)))
        let user = try change.addAccount(.user, name: try Name(name), unixAccount: unix)
        try change.saveRoles(of: .account(user.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
        return user
      }
    }
    try fixture.administration.change { change in
      try change.set(.dualRemovals, to: .number(1))
      try change.set(.dualAdministrator, to: .flag(true))
    }
    let administrations = users.map { user in
      Administration(
        store: fixture.store, keys: .ephemeral(),
        operating: Operator(
          actor: Actor(name: user.name.text, frontEnd: .console, user: user.id),
          standing: .user(user.id, by: .unixAccount(user.unixAccount!))),
        surroundings: Surroundings(now: { clock.now }, makeTokenID: { .generate() }))
    }
    return (administrations[0], administrations[1])
  }

  private func content(_ store: any Store) throws -> String { try store.read { try Self.content($0) } }

  /// The whole store, without what differs whenever it is done.
  private static func content(_ reader: any StoreReader) throws -> String {
    var exporter = try Exporter(JSONWriter(), reader, now: .start)
    let tokens = try reader.accounts(AccountQuery(kind: .apiUser), .first, limit: 100, now: .start).rows
      .map { row in
        try reader.tokens(of: row.account.id).map { "\($0.name.text) \($0.revokedAt == nil)" }.sorted()
      }
    let deleted = try reader.deleted(DeletedQuery(), .first, limit: 200).rows.map {
      "\($0.kind) \($0.name.text)"
    }
    return try exporter.run().replacing(/"(expires|from|until)": "[^"]*"/, with: "")
      + "\(tokens) \(deleted.sorted())"
  }
}
