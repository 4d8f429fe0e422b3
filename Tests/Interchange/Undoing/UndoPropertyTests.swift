import Access
import Administration
import Foundation
import Sealing
import Store
import TestSupport
import Testing

@testable import Interchange

@Suite("Undo, of random changes")
struct UndoPropertyTests {
  @Test(
    "undoing everything gives the first state, except tokens; undoing that gives the last state",
    arguments: Engine.runs(1...10, inDatabase: 2))
  func undoesAll(run: Engine.Run) throws {
    let (fixture, seed) = (try Fixture(run.engine), run.seed)
    let administration = Self.undoer(of: fixture)
    try fixture.apply(World(seed: seed).text)
    let before = try content(of: administration)

    let random = RandomChanges(administration, seed: seed)
    for _ in 0..<60 { try random.step() }
    let between = try content(of: administration)
    let undone = try undoAll(administration) { !$0.isUndo }
    #expect(undone > 20)
    #expect(try content(of: administration) == before)
    try checkIntegrity(fixture)

    _ = try undoAll(administration) { $0.isUndo }
    #expect(try content(of: administration) == between)
    try checkIntegrity(fixture)
  }

  @Test("an applied file is undone as a whole", arguments: Engine.runs(1...8, inDatabase: 2))
  func undoesFile(run: Engine.Run) throws {
    let (fixture, seed) = (try Fixture(run.engine), run.seed)
    let administration = Self.undoer(of: fixture)
    try fixture.apply(World(seed: seed + 1_000).text)
    let before = try content(of: administration)
    let file = try SecurityFile(World(seed: seed).text)
    try administration.apply(file, expecting: try administration.plan(file))
    try administration.undo(try #require(try administration.ownChanges().first { $0.obstacle == nil }).number)
    #expect(try content(of: administration) == before)
    try checkIntegrity(fixture)
  }

  /// An Administrator whose every change has a time of its own.
  private static func undoer(of fixture: Fixture) -> Administration {
    let clock = Ticking()
    return Administration(
      store: fixture.store, keys: fixture.keys,
      operating: Operator(
        actor: Actor(name: "undoer", frontEnd: .commandLine), permissions: Set(Permission.allCases)),
      surroundings: Surroundings(now: { clock.now }, makeTokenID: { .generate() }))
  }

  /// Undoes one's own changes, the latest first; how many.
  private func undoAll(_ administration: Administration, _ isMeant: (UndoEntry) -> Bool) throws -> Int {
    let entries = try administration.ownChanges().filter { $0.canBeUndone && isMeant($0) }
    var count = 0
    for entry in entries {
      do {
        try administration.undo(entry.number)
        count += 1
      } catch let problem as UndoProblem {
        // Tokens that were revoked with their user stay so, and can't be renamed back.
        guard case .changedSince(let what, _, _) = problem, what.hasPrefix("the token") else { throw problem }
      }
    }
    return count
  }

  /// The whole store as a security file, without tokens.
  private func content(of administration: Administration) throws -> String {
    let json = try administration.export(.json)
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8))
    let data = try JSONSerialization.data(
      withJSONObject: Self.withoutTokens(value), options: [.sortedKeys, .prettyPrinted])
    return String(decoding: data, as: UTF8.self)
  }

  private static func withoutTokens(_ value: Any) -> Any {
    if let fields = value as? [String: Any] {
      return fields.filter { $0.key != "tokens" }.mapValues(withoutTokens)
    }
    return (value as? [Any])?.map(withoutTokens) ?? value
  }

  private func checkIntegrity(_ fixture: Fixture) throws {
    try fixture.store.read { reader in
      #expect(try reader.damages() == [])
      for kind in AccountKind.allCases {
        let all = try reader.accounts(AccountQuery(kind: kind), .first, limit: 1_000, now: .start).rows
        #expect(try reader.accountCount(AccountQuery(kind: kind)) == all.count)
        for row in all {
          let found = try reader.accounts(
            AccountQuery(kind: kind, matching: SearchText(row.account.name.text)), .first, limit: 1_000,
            now: .start)
          #expect(found.rows.contains { $0.account.id == row.account.id })
        }
      }
      for row in try reader.teams(TeamQuery(), .first, limit: 1_000).rows {
        let members = try reader.members(MemberQuery(team: row.team.id), .first, limit: 1_000).rows
        #expect(row.memberCount == members.count)
      }
    }
  }
}
