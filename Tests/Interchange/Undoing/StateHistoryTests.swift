import Access
import Administration
import Foundation
import Sealing
import Store
import TestSupport
import Testing

@testable import Interchange

@Suite("The state that the audit log tells")
struct StateHistoryTests {
  @Test(
    "rebuilt from the log it is the store's, after each of random changes",
    arguments: Engine.runs(1...8, inDatabase: 2))
  func rebuilt(run: Engine.Run) throws { _ = try history(run) }

  @Test("the random changes are of all kinds")
  func kinds() throws {
    let actions = try Engine.runs(101...116, inDatabase: 0).reduce(into: Set<String>()) {
      try $0.formUnion(history($1))
    }
    for action in [
      "undo", "catalogue.add", "catalogue.edit", "catalogue.delete", "catalogue.restore", "catalogue.purge",
      "token.add", "token.rotate", "token.revoke", "token.limits", "apiUser.purge", "apiUser.restore",
      "team.addMember", "team.removeMember", "team.grant", "team.roles", "role.delete", "user.keys",
      "store.set",
    ] { #expect(actions.contains(action), "\(action)") }
  }

  /// What was done by random changes, after each of which the state was compared.
  private func history(_ run: Engine.Run) throws -> Set<String> {
    let (fixture, seed) = (try Fixture(run.engine), run.seed)
    let clock = Ticking()
    let administration = Administration(
      store: fixture.store, keys: fixture.keys, operating: fixture.administration.operating,
      surroundings: Surroundings(now: { clock.now }, makeTokenID: { .generate() }))
    var follower = Follower(store: fixture.store)
    try apply(World(seed: seed).text, administration)
    try follower.mustFollow("apply")

    let random = RandomChanges(administration, seed: seed)
    var generator = SplitMix(state: seed + 1)
    for count in 0..<70 {
      var done = "undo"
      switch Int.random(in: 0...9, using: &generator) {
      case 0:
        let entries = try administration.ownChanges(limit: 6).filter(\.canBeUndone)
        if let entry = entries.randomElement(using: &generator) {
          // What something came after is refused, and changes nothing.
          do { try administration.undo(entry.number) } catch is any Complaint {}
        }
      case 1, 2: done = try finalChange(administration, &generator)
      default:
        try random.step()
        done = random.done.last ?? ""
      }
      try follower.mustFollow("\(done), change \(count)")
    }
    try apply(World(seed: seed + 500).text, administration)
    try follower.mustFollow("apply at the end")
    let last = try #require(try fixture.store.read { try $0.auditHead() }).sequence
    for (row, state) in follower.states {
      #expect(try administration.state(asOf: row) == state, "row \(row)")
    }
    #expect(follower.states.keys.contains(last))
    #expect(throws: StateTrouble.noRow(last + 1)) { try administration.state(asOf: last + 1) }
    return follower.actions
  }

  private func apply(_ text: String, _ administration: Administration) throws {
    let file = try SecurityFile(text)
    try administration.apply(file, expecting: try administration.plan(file))
  }

  /// One of the changes that can't be undone, and of settings.
  private func finalChange(
    _ administration: Administration, _ generator: inout SplitMix
  ) throws -> String {
    let number = Int.random(in: 0...5, using: &generator)
    let (pick, other) = (Int.random(in: 0...99, using: &generator), Bool.random(using: &generator))
    do {
      try administration.change { change in
        let reader = change.reader
        let accounts = try AccountKind.allCases.flatMap {
          try reader.accounts(AccountQuery(kind: $0), .first, limit: 100, now: change.now).rows.map(
            \.account.id)
        }
        let teams = try reader.teams(TeamQuery(), .first, limit: 100).rows.map { SubjectID.team($0.team.id) }
        let tokens = try reader.heldTokens(after: nil, limit: 100).map(\.id)
        switch number {
        case 0 where !tokens.isEmpty:
          try change.rotate(
            tokens[pick % tokens.count], olderValidUntil: change.now.adding(days: other ? 1 : 0))
        case 1 where !tokens.isEmpty: try change.revoke(tokens[pick % tokens.count])
        case 2:
          let rows = try reader.deleted(DeletedQuery(), .first, limit: 100).rows
          if !rows.isEmpty { try change.purge(rows[pick % rows.count].thing) }
        case 3, 4:
          for subject in accounts.map(SubjectID.account) + teams {
            for connector in try reader.danglingGrants(of: subject) where other || number == 3 {
              try change.dropDangling(of: subject, on: connector)
            }
          }
        default: try change.set(.deletedKeptDays, to: other ? .number(1 + pick) : nil)
        }
      }
    } catch is any Complaint {}
    return "final change \(number)"
  }
}

/// A state that follows the audit log row by row, and is compared with the store.
private struct Follower {
  let store: any Store
  private var state = StoreState()
  private var sequence: Int64 = 0
  /// What the state was, by the rows after which it was the store's.
  private(set) var states: [Int64: StoreState] = [:]
  private(set) var actions: Set<String> = []

  init(store: any Store) { self.store = store }

  mutating func mustFollow(_ done: String) throws {
    let (records, present) = try store.read { reader in
      var present = StoreState()
      try reader.forEachFact { present.insert($0) }
      return (try reader.auditRecords(after: sequence, limit: 10_000), present)
    }
    for record in records {
      try state.apply(record)
      sequence = record.sequence
      actions.insert(record.action)
    }
    #expect(state.accounts == present.accounts, "\(done)")
    #expect(state.teams == present.teams, "\(done)")
    #expect(state.roles == present.roles, "\(done)")
    #expect(state.members == present.members, "\(done)")
    #expect(state.assignments == present.assignments, "\(done)")
    #expect(state.grants == present.grants, "\(done)")
    #expect(state.tokens == present.tokens, "\(done)")
    #expect(state.entries == present.entries, "\(done)")
    #expect(state.settings == present.settings, "\(done)")
    states[sequence] = present
  }
}
