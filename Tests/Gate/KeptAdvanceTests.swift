import Access
import Administration
@testable import Gate
import Store
import TestSupport
import Testing

@Suite("A change forgets what it touches, and nothing else")
struct KeptAdvanceTests {
  @Test("a change of an account or its tokens reaches that account, any other change reaches anybody")
  func reaches() throws {
    let scene = try GateScene()
    let (account, token, now) = (scene.account, scene.token, scene.clock.now)
    let team = try scene.administration.change { try $0.addTeam(name: Name("Callers")).id }
    let cases: [(name: String, reach: AlteredReach, change: (Change) throws -> Void)] = [
      ("an account is renamed", .account(account), { try $0.rename(account, to: Name("Portal")) }),
      ("an account is disabled", .account(account), { try $0.setEnabled(false, account) }),
      ("a token is disabled", .account(account), { try $0.setDisabled(true, token) }),
      ("a token is rotated", .account(account), { _ = try $0.rotate(token, olderValidUntil: now) }),
      ("a token is revoked", .account(account), { try $0.revoke(token) }),
      (
        "an account becomes a member", .account(account),
        { try $0.saveMembers(of: team, adding: [account], removing: []) }
      ),
      (
        "a team gets a role", .anybody,
        { try $0.saveRoles(of: .team(team), Edit(was: [], becomes: [.builtIn(.apiReader)])) }
      ),
      ("a team is made", .anybody, { _ = try $0.addTeam(name: Name("Others")) }),
    ]
    for one in cases {
      let before = try scene.administration.read { try $0.generation() }
      try scene.administration.change { try one.change($0) }
      let reach = try scene.administration.read { try $0.altered(after: before, upTo: try $0.generation()) }
      #expect(reach == one.reach, "\(one.name)")
    }
    let sinceEver = try scene.administration.read { try $0.altered(after: -1, upTo: try $0.generation()) }
    #expect(sinceEver == .anybody, "a generation without a row")
  }

  @Test("an answer is given again after a change of another account, but not after one of its own")
  func kept() throws {
    let kept = try KeptScene()
    let id = kept.ids[kept.scene.token]?.revealed ?? ""
    let questions: [KeptScene.Question] = [
      .nginx("/sales?token=\(id)"), .nginx("/sales?company=MX&token=\(id)"),
    ]
    for question in questions + questions { #expect(try kept.fast(question).status == 200) }
    _ = kept.scene.shared.answers.takeUses()
    try kept.scene.administration.change { _ = try $0.addAccount(.apiUser, name: Name("Another")) }
    // The first request finds out what changed.
    for question in questions { #expect(try kept.fast(question).status == 200) }
    #expect(kept.scene.shared.answers.usedCount == 1)
    try kept.scene.administration.change { try $0.setDisabled(true, kept.scene.token) }
    for question in questions { #expect(try kept.fast(question).status != 200) }
  }
}
