import Access
import Administration
import SQLiteStore
import Store
import TestSupport
import Testing

/// Compares a state that is restored with what has happened since.
@Suite struct RestoreOutlookTests {
  let scene: Scene
  let portal: Account

  init() throws {
    scene = try Scene(.sqlite)
    portal = try scene.apiUser("Portal")
  }

  /// The outlook of restoring the present state after something was done.
  private func outlook(
    days: Int64 = 0, since body: () throws -> Void
  ) throws -> RestoreOutlook {
    let path = scene.folder + "/copy-\(UInt32.random(in: .min ... .max))"
    try #require(scene.store as? SQLiteStore).copy(to: path)
    try body()
    let now = scene.now.adding(days: days)
    return try CopiedDatabase(path: path).readStore { restored in
      try scene.store.read { present in
        try RestoreOutlook(
          of: BackupIdentity(sha256: "ab", madeAt: scene.now), rollback: "back", present: present,
          restored: restored, now: now)
      }
    }
  }

  @Test("a token comes alive by whatever it was that keeps it from opening anything now")
  func tokens() throws {
    typealias Deed = (_ change: Change, _ token: Token, _ user: Account) throws -> Void
    let cases: [(String, Deed, String?)] = [
      ("revoked", { change, token, _ in try change.revoke(token.id) }, "which is revoked"),
      ("disabled", { change, token, _ in try change.setDisabled(true, token.id) }, "which is disabled"),
      (
        "ended", { change, token, _ in try change.setExpiry(.at(change.now), of: token.id) },
        "which has expired"
      ),
      (
        "rotated", { change, token, _ in _ = try change.rotate(token.id, olderValidUntil: change.now) },
        "by a Token ID that was exchanged"
      ),
      ("its user disabled", { change, _, user in try change.setEnabled(false, user.id) }, "who is disabled"),
      ("its user deleted", { change, _, user in try change.deleteAccount(user.id) }, "which is gone"),
      ("nothing", { _, _, _ in }, nil),
      ("renamed", { change, token, _ in try change.rename(token.id, to: try Name("other")) }, nil),
    ]
    for (name, change, why) in cases {
      let user = try scene.apiUser("User \(name)")
      let token = try scene.token(of: user, "t")
      let told = try outlook { try scene.change { try change($0, token, user) } }
      let expected = why.map { ["the token “t” of API user “User \(name)”, \($0)"] } ?? []
      #expect(told.tokens.told == expected, "\(name)")
      #expect(told.tokens.count == expected.count, "\(name)")
    }
  }

  @Test("a token that is dead in the backup, too, does not come alive")
  func dead() throws {
    let revoked = try scene.token(of: portal, "revoked")
    let disabled = try scene.token(of: portal, "disabled")
    _ = try scene.token(of: portal, "ending", expiry: .at(scene.now.adding(days: 1)))
    try scene.change { change in
      try change.revoke(revoked.id)
      try change.setDisabled(true, disabled.id)
    }
    let told = try outlook(days: 2) { try scene.change { try $0.deleteAccount(portal.id) } }
    #expect(told.tokens.count == 0)
  }

  @Test("where there are many tokens, the first are named, all are counted, and no Token ID is told")
  func many() throws {
    let tokens = try (1...25).map { try scene.token(of: portal, "token \($0)") }
    let ids = try tokens.map { token in try scene.change { try $0.reveal(token.id, for: .copy) } }
    let told = try outlook {
      try scene.change { change in for token in tokens { try change.revoke(token.id) } }
    }
    #expect(told.tokens.count == 25 && told.tokens.told.count == 20)
    #expect(told.lines.contains("25 tokens come alive:") && told.lines.last == "  … and 5 more")
    for id in ids { #expect(!told.lines.joined().contains(id.revealed)) }
  }

  @Test("users who become Administrator, or get back a means to log in, are named with the means")
  func people() throws {
    let boss = try scene.user("boss", roles: [.builtIn(.administrator)])
    let clerk = try scene.user("clerk", roles: [.builtIn(.securityReader)])
    _ = try scene.user("stays", roles: [.builtIn(.administrator)])
    try scene.change { try $0.addPublicKey(try SSHPublicKey(PublicKeys.one), to: clerk.id) }
    let told = try outlook {
      try scene.change { change in
        try change.saveRoles(of: .account(boss.id), Edit(was: [.builtIn(.administrator)], becomes: []))
        try change.setPublicKeys([], of: clerk.id)
      }
    }
    #expect(told.people.count == 2)
    #expect(told.people.told[0] == "the user “boss” becomes Administrator, by the Unix account “boss”")
    #expect(
      told.people.told[1].hasPrefix(
        "the user “clerk” is let in again, by the Unix account “clerk”, the SSH key"))
    let disabled = try outlook { try scene.change { try $0.setEnabled(false, clerk.id) } }
    #expect(disabled.people.count == 1)
    #expect(try outlook {}.people.count == 0)
  }

  @Test("rules of two that would be turned off are named, and those that would be turned on are not")
  func settings() throws {
    _ = try scene.user("first", roles: [.builtIn(.administrator)])
    _ = try scene.user("second", roles: [.builtIn(.administrator)])
    try scene.change { change in
      try change.set(.dualRemovals, to: .number(50))
      try change.set(.dualArchive, to: .flag(true))
    }
    let told = try outlook {
      try scene.change { change in
        try change.set(.dualApply, to: .flag(true))
        try change.set(.dualRemovals, to: .number(10))
        try change.set(.dualHours, to: .number(2))
      }
    }
    #expect(
      told.relaxed == [
        "dual.removals: 10 removals -> 50 removals", "dual.apply: on -> off",
        "dual.hours: 2 hours -> 24 hours",
      ])
    #expect(told.lines.contains { $0.contains("lets more be done by one person alone") })
    let hours = try outlook { try scene.change { try $0.set(.dualHours, to: .number(1)) } }
    #expect(hours.relaxed == ["dual.hours: 1 hour -> 2 hours"])
  }

  @Test("laws that would refuse less are named, and those that would refuse more are not")
  func laws() throws {
    func law(_ name: String, _ mode: LawMode = .enforce) throws -> Law<AsWritten> {
      let who = try LawWho<AsWritten>(apiUsers: .named([Name("nobody")]))
      return try Law(name: Name(name), mode: mode, form: .owned(checked: who))
    }
    try scene.change { change in
      try change.addLaw(law("watched", .watch))
      try change.addLaw(law("kept"))
    }
    let told = try outlook {
      try scene.change { change in
        try change.addLaw(law("new"))
        try change.changeLaw(Edit(was: law("watched", .watch), becomes: law("watched")))
        try change.removeLaw(named: try Name("kept"))
      }
    }
    #expect(told.relaxed == ["the law “new”: enforced -> gone", "the law “watched”: enforced -> watched"])
  }

  @Test("the same comparison has the same basis, and each difference another")
  func basis() throws {
    let token = try scene.token(of: portal, "t")
    let other = try scene.token(of: portal, "u")
    let path = scene.folder + "/copy"
    try #require(scene.store as? SQLiteStore).copy(to: path)
    func basis(_ sha256: String = "ab") throws -> String {
      try CopiedDatabase(path: path).readStore { restored in
        try scene.store.read { present in
          try RestoreOutlook(
            of: BackupIdentity(sha256: sha256, madeAt: nil), rollback: "back", present: present,
            restored: restored, now: scene.now
          ).basis
        }
      }
    }
    var found = [try basis(), try basis("cd")]
    try scene.change { try $0.revoke(token.id) }
    found.append(try basis())
    try scene.change { _ = try $0.addTeam(name: try Name("Unrelated")) }
    #expect(try basis() == found.last)
    try scene.change { try $0.revoke(other.id) }
    found.append(try basis())
    #expect(Set(found).count == found.count)
  }

  @Test("a file that the audit log knows is told from one that it doesn't")
  func origin() throws {
    #expect(try outlook {}.origin.contains("tells of no backup"))
    try scene.change { try $0.recordStore("backup", AuditDetails("sha256", after: "ab")) }
    #expect(try outlook {}.origin.contains("made by “ops”"))
    try scene.change { try $0.recordStore("backup", AuditDetails("note", after: "ab")) }
    #expect(try outlook {}.origin.contains("in row 2"))
    try scene.change { try $0.recordStore("restore", AuditDetails("sha256", after: "ab")) }
    #expect(try outlook {}.origin.contains("in row 4: restored by “ops”"))
  }
}
