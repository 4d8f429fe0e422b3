import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct RefusalTests {
  let scene: Scene
  let clerk: Account

  init() throws {
    scene = try Scene()
    clerk = try scene.user("clerk", roles: [.builtIn(.securityReader)])
  }

  private func asClerk(after seconds: Int64 = 0) -> Administration {
    at(seconds, scene.administration(as: clerk).operating)
  }

  private func at(_ seconds: Int64, _ operating: Operator) -> Administration {
    let now = scene.now.adding(seconds: seconds)
    return Administration(
      store: scene.store, keys: scene.keys, operating: operating,
      surroundings: Surroundings(now: { now }, makeTokenID: { .generate() }))
  }

  private func rows(_ action: String) throws -> [AuditRecord] {
    try scene.records.filter { $0.action == action }
  }

  private func summed(_ row: AuditRecord) -> Int {
    row.fields.first { $0.name == "count" }?.after.flatMap { Int($0) } ?? 0
  }

  @Test("an attempt to become Administrator has its row, whatever was refused before")
  func notHidden() throws {
    for number in 1...50 { asClerk().recordRefusal(of: "there is no command \(number)") }
    #expect(try rows("attempt.refused").count == 10)
    #expect(throws: AdministrationError.self) {
      try asClerk().change { change in
        try change.saveRoles(
          of: .account(clerk.id),
          Edit(was: [.builtIn(.securityReader)], becomes: [.builtIn(.administrator)]))
      }
    }
    let last = try #require(try scene.records.last)
    #expect(last.action == "attempt.refused" && last.actor.user == clerk.id)
    #expect(last.details.contains("you may not"))
  }

  @Test("refusals without a row of their own are counted in one row, by kind, with first and last time")
  func summing() throws {
    for number in 1...14 { asClerk().recordRefusal(of: "there is no command \(number)") }
    for _ in 1...3 { _ = try? asClerk(after: 5).audit(AuditQuery(), .first, limit: 1) }
    #expect(try rows("attempt.refusals").isEmpty)
    // Somebody else makes a change a minute later.
    try at(60, scene.administration.operating).change { _ = try $0.addTeam(name: try Name("T")) }
    let row = try #require(try rows("attempt.refusals").first)
    #expect(row.target.id == clerk.id.description && row.target.name == "clerk" && row.actor.name == "popsec")
    #expect(
      Dictionary(uniqueKeysWithValues: row.fields.map { ($0.name, $0.after ?? "") }) == [
        "count": "7", "of": "command: 4, audit.read: 3", "since": scene.now.description,
        "until": scene.now.adding(seconds: 5).description,
      ])
    #expect(try scene.read { try $0.refusalSums() } == [])
    #expect(try scene.administration.verifyAudit().isWhole)
  }

  @Test("whoever looks into the log sees what was counted, once it can't become more")
  func looking() throws {
    for number in 1...12 { asClerk().recordRefusal(of: "there is no command \(number)") }
    for (seconds, count): (Int64, Int) in [(59, 0), (60, 1), (61, 1)] {
      let page = try at(seconds, scene.administration.operating)
        .audit(AuditQuery(action: "attempt.refusals"), .first, limit: 10)
      #expect(page.rows.map(summed) == Array(repeating: 2, count: count), "\(seconds)")
    }
  }

  /// Checks that the action is refused, and that nothing but the refusal is recorded.
  private func refused(_ body: () throws -> Void) throws {
    let before = try scene.records.count
    #expect(throws: (any Error).self) { try body() }
    let after = try scene.records
    #expect(after.dropFirst(before).map(\.action) == ["attempt.refused"])
  }

  @Test("a refused undo has its row, when it is tried out and when it is done")
  func undoing() throws {
    let team = try scene.change { try $0.addTeam(name: try Name("T")) }
    let foreign = try #require(try scene.administration.ownChanges().first).number
    let boss = try scene.user("boss", roles: [.builtIn(.administrator)])
    _ = try scene.user("another", roles: [.builtIn(.administrator)])
    let asBoss = scene.administration(as: boss)
    try asBoss.change { change in
      try change.setEnabled(false, clerk.id)
      try change.setEnabled(true, clerk.id)
    }
    for administration in [asBoss, asClerk()] {
      try refused { _ = try administration.undo(foreign) }
      try refused { _ = try administration.tryUndo(foreign) }
    }
    // The person may no longer do what the undoing does.
    try asBoss.change { try $0.saveTeams(of: clerk.id, Edit(was: [], becomes: [team.id])) }
    let own = try #require(try asBoss.ownChanges().first).number
    try scene.change { change in
      try change.saveRoles(
        of: .account(boss.id),
        Edit(was: [.builtIn(.administrator)], becomes: [.builtIn(.securityReader)]))
    }
    try refused { _ = try asBoss.undo(own) }
    try refused { _ = try asBoss.tryUndo(own) }
    #expect(try rows("attempt.refused").last?.actor.user == boss.id)
  }

  @Test("going round a second person is a refusal, too")
  func secondPerson() throws {
    let (first, second) = (
      try scene.user("first", roles: [.builtIn(.administrator)]),
      try scene.user("second", roles: [.builtIn(.administrator)])
    )
    try scene.change { try $0.set(.dualAdministrator, to: .flag(true)) }
    let asFirst = scene.administration(as: first)
    let waiting = #expect(throws: WaitingNotice.self) {
      try asFirst.change { change in
        try change.saveRoles(
          of: .account(clerk.id),
          Edit(was: [.builtIn(.securityReader)], becomes: [.builtIn(.administrator)]))
      }
    }
    let number = try #require(waiting).number
    #expect(try rows("attempt.refused").isEmpty)
    #expect(throws: ProposalProblem.own) { try asFirst.agree(to: number) { _, _, _ in } }
    #expect(throws: ProposalProblem.notOwn(number)) {
      try scene.administration(as: second).withdraw(number)
    }
    #expect(try rows("attempt.refused").map(\.actor.name) == ["first", "second"])
  }

  @Test(
    "no refusal is lost in any order, and rows stay few", arguments: UInt64(1)...8)
  func property(seed: UInt64) throws {
    var random = Seeded(state: seed)
    let users = [clerk, try scene.user("other", roles: [.builtIn(.securityReader)])]
    var seconds: Int64 = 0
    var changes = 0
    var others = 0
    for _ in 0..<120 {
      seconds += Int64([0, 0, 0, 1, 7, 61].randomElement(using: &random) ?? 0)
      let operating = scene.administration(as: users.randomElement(using: &random) ?? clerk).operating
      let administration = at(seconds, operating)
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        changes += 1
        _ = try? administration.change { try $0.addTeam(name: try Name("X")) }
      case 1:
        others += 1
        _ = try? administration.auditRecord(1)
      default:
        others += 1
        administration.recordRefusal(of: "no command")
      }
    }
    let later = at(seconds + 61, scene.administration.operating)
    _ = try later.audit(AuditQuery(), .first, limit: 1)
    let single = try rows("attempt.refused")
    let sums = try rows("attempt.refusals")
    let ofChanges = single.count { $0.details.contains("teams") }
    #expect(ofChanges == changes)
    #expect(single.count - ofChanges + sums.reduce(0) { $0 + summed($1) } == others)
    let minutes = Int(seconds / 60) + 2
    #expect(single.count - ofChanges <= 2 * minutes * 20 && sums.count <= 2 * minutes)
    #expect(try later.verifyAudit().isWhole)
  }
}
