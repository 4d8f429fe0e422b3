import Access
import Administration
import SQLiteStore
import Sealing
import Store
import Synchronization
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct AuditVerificationTests {
  let scene: Scene
  /// The heads that were sent, as lines of the system's log.
  let sent = Sent()

  final class Sent: Sendable {
    let lines = Mutex<[String]>([])
    /// Whether the log takes what is sent.
    let isTaking = Mutex(true)
    var announcer: HeadAnnouncer {
      HeadAnnouncer(isThere: { true }, send: take)
    }
    private func take(_ line: String) -> Bool {
      guard isTaking.withLock({ $0 }) else { return false }
      lines.withLock { $0.append(line) }
      return true
    }
    var heads: [SentAuditHead] {
      lines.withLock { $0.compactMap { SentAuditHead(line: "Nov 24 12:00:00 host popsec[7]: \($0)") } }
    }
  }

  init() throws {
    scene = try Scene()
    for number in 1...6 { try addTeam("Team \(number)") }
  }

  /// The scene's store after some days, with heads being sent.
  private func administration(daysLater: Int64 = 0, keys: TokenKeys? = nil) -> Administration {
    let now = scene.now.adding(days: daysLater)
    return Administration(
      store: scene.store, keys: keys ?? scene.keys, operating: scene.administration.operating,
      surroundings: Surroundings(
        now: { now }, makeTokenID: { .generate() }, announcer: sent.announcer))
  }

  private func addTeam(_ name: String, daysLater: Int64 = 0) throws {
    try administration(daysLater: daysLater).change { _ = try $0.addTeam(name: try Name(name)) }
  }

  /// Changes the database as somebody can who may write it, and knows how.
  private func tamper(_ sql: String) throws { try scene.made.tamper(sql) }

  @Test("a log that nobody touched is whole, signed to its end, and as it was sent")
  func whole() throws {
    let found = try administration().verifyAudit(against: sent.heads)
    #expect(found.isWhole)
    #expect(found.rowCount == 6 && found.last?.sequence == 6 && found.signedUpTo == 6)
    #expect(found.comparedHeadCount == 6)
    #expect(sent.heads.allSatisfy { $0.signature != nil })
  }

  @Test(
    "each way of tampering with rows is found",
    arguments: [
      ("UPDATE audit SET actor = 'nobody' WHERE sequence = 3", [AuditVerification.Finding.altered(3)]),
      ("UPDATE audit SET target_name = 'x' WHERE sequence = 6", [.altered(6)]),
      ("UPDATE audit SET source = '10.0.0.1' WHERE sequence = 2", [.altered(2)]),
      ("UPDATE audit SET user_id = 5 WHERE sequence = 2", [.altered(2)]),
      ("UPDATE audit SET hash = zeroblob(32) WHERE sequence = 4", [.altered(4), .altered(5)]),
      ("DELETE FROM audit WHERE sequence = 4", [.missing(after: 3, before: 5)]),
      ("DELETE FROM audit WHERE sequence = 1", [.missing(after: 0, before: 2)]),
      (
        """
        UPDATE audit SET sequence = 100 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 4;
        UPDATE audit SET sequence = 4 WHERE sequence = 100
        """, [.altered(3), .altered(4), .altered(5)]
      ),
      ("DELETE FROM audit WHERE sequence > 4", [.headBeyond(6)]),
      ("DELETE FROM audit", [.headBeyond(6), .empty]),
      ("DELETE FROM audit; DELETE FROM audit_head", [.empty]),
      (
        "UPDATE audit SET sequence = 9223372036854775807 WHERE sequence = 6",
        [.missing(after: 5, before: .max), .headBeyond(6)]
      ),
      ("UPDATE audit_head SET hash = zeroblob(32)", [.badSignature(6)]),
      ("UPDATE audit_head SET signature = zeroblob(64)", [.badSignature(6)]),
    ] as [(String, [AuditVerification.Finding])])
  func tampering(sql: String, findings: [AuditVerification.Finding]) throws {
    try tamper(sql)
    #expect(try administration().verifyAudit().findings == findings)
    // The same is found where the row is the first or the last of a page.
    for rowCount in 1...7 {
      let found = try scene.store.read {
        try administration().verification(in: $0, against: nil, rowCount: rowCount)
      }
      #expect(found.findings == findings, "\(rowCount) rows at a time")
    }
  }

  @Test("a row that can't be read fails the verification, on whichever page it is", arguments: 1...7)
  func unreadable(rowCount: Int) throws {
    try tamper("UPDATE audit SET front_end = 'a toaster' WHERE sequence = 5")
    #expect(throws: StoreError.self) {
      try scene.store.read {
        _ = try administration().verification(in: $0, against: nil, rowCount: rowCount)
      }
    }
  }

  @Test("a signed end that is put in the place of a checkpoint does not hide the rows that went")
  func cutBeginning() throws {
    try tamper(
      """
      INSERT INTO audit_checkpoint SELECT 1, sequence, at, hash, sign_key, signature FROM audit_head WHERE sequence = 6;
      DELETE FROM audit WHERE sequence < 6
      """)
    let findings = try administration().verifyAudit(against: sent.heads).findings
    #expect(findings.contains(.cutBefore(6)))
  }

  /// A forged checkpoint with this number and an invented signature, as somebody can write it into the
  /// database.
  private static func checkpoint(_ sequence: Int64) -> String {
    """
    INSERT INTO audit_checkpoint (id, sequence, at, hash, sign_key, signature)
      VALUES (1, \(sequence), 0, zeroblob(32), '0123456789abcdef', zeroblob(64));
    """
  }

  @Test(
    "numbers at the ends of what there is are found, and trap nobody",
    arguments: [
      (checkpoint(.max), [AuditVerification.Finding.badSignature(.max), .checkpoint(.max)]),
      (checkpoint(.max - 1), [.badSignature(.max - 1), .checkpoint(.max - 1)]),
      (checkpoint(.max) + "DELETE FROM audit", [.badSignature(.max), .headBeyond(6), .empty]),
      (
        checkpoint(.max) + "UPDATE audit_head SET sequence = 9223372036854775807",
        [.badSignature(.max), .badSignature(.max), .checkpoint(.max)]
      ),
    ] as [(String, [AuditVerification.Finding])])
  func extremes(sql: String, findings: [AuditVerification.Finding]) throws {
    try tamper(sql)
    let found = try administration().verifyAudit().findings
    #expect(Set(findings).isSubset(of: found), "\(found)")
    #expect(throws: StoreError.self) {
      try scene.store.read { reader in
        _ = try BackupContents(reader, at: "store", verifiedBy: administration()) { _ in }
      }
    }
  }

  @Test(
    "where the last row has the greatest number there is nothing is recorded, deleted or proposed, and nothing traps"
  )
  func lastNumber() throws {
    let team = try #require(try scene.read { try $0.team(named: NameKey(try Name("Team 1"))) })
    try tamper("UPDATE audit SET sequence = 9223372036854775807 WHERE sequence = 6")
    #expect(throws: AdministrationError.auditDamaged) { try addTeam("Another") }
    #expect(throws: AdministrationError.auditDamaged) {
      try administration().change { try $0.deleteTeam(team.id) }
    }
  }

  @Test("times that run backwards, and gaps of more than a day, are reported, and of many the latest")
  func times() throws {
    for day in [3, 4, 2, 9] as [Int64] { try addTeam("Day \(day)", daysLater: day) }
    let found = try administration().verifyAudit()
    #expect(found.isWhole)
    #expect(found.times.backward.map(\.row) == [9] && found.times.backwardCount == 1)
    #expect(found.times.gaps.map(\.row) == [7, 10] && found.times.gapCount == 2)
    #expect(
      found.times.backwardTexts == [
        "times run backwards: row 9 (2026-11-26T12:00:00Z) is from before row 8 (2026-11-28T12:00:00Z)"
      ])
    let notes = AuditVerificationWords(found, keyID: nil).notes
    #expect(notes.contains { $0.hasPrefix("times run backwards: row 9 ") })
    #expect(notes.contains { $0.hasPrefix("more than a day without a row: ") })
    #expect(notes.contains { $0.contains("the first row is not the one of making the store") })
    for day in 0..<20 { try addTeam("Later \(day)", daysLater: 10 + Int64(day % 2) * 5) }
    let many = try administration().verifyAudit().times
    #expect(many.backward.count == AuditTimes.mostTold && many.backwardCount == 10)
    #expect(many.backwardTexts.first == "times run backwards: 5 more, earlier in the log")
  }

  @Test("the first change after a gap, or on a clock that stands before the last row, archives nothing")
  func archivingOnADoubtfulClock() throws {
    for days in [-3, 2, 3_000_000] as [Int64] {
      #expect(throws: AuditTrouble.clockDoubtful(scene.now)) {
        try administration(daysLater: days).archiveAudit(before: scene.now.adding(days: days)) { _ in }
      }
    }
    try addTeam("Later", daysLater: 2)
    #expect(
      try administration(daysLater: 2).archiveAudit(before: scene.now.adding(days: 1)) { _ in }.sequence == 6)
  }

  @Test("a log cut together with its heads is found only with the heads that were kept elsewhere")
  func cut() throws {
    try tamper("DELETE FROM audit WHERE sequence > 4; DELETE FROM audit_head")
    #expect(try administration().verifyAudit().isWhole)
    let found = try administration().verifyAudit(against: sent.heads)
    #expect(found.findings == [.headBeyond(5), .headBeyond(6)])
  }

  @Test("a log that was written anew from some row on is found with the heads that were kept elsewhere")
  func rewritten() throws {
    let kept = sent.heads
    try tamper("DELETE FROM audit WHERE sequence > 3; DELETE FROM audit_head")
    for name in ["Other", "Names", "Here"] { try addTeam(name) }
    #expect(try administration().verifyAudit().isWhole)
    let found = try administration().verifyAudit(against: kept)
    #expect(found.findings == [.headDiffers(4), .headDiffers(5), .headDiffers(6)])
  }

  @Test("a head of another key proves nothing, and one that is not signed is compared all the same")
  func otherKeys() throws {
    let other = administration(keys: .ephemeral())
    #expect(try other.verifyAudit().findings == [.badSignature(6)])
    let line = "popsec audit head 2 \(String(repeating: "0", count: 64)) 2026-11-24T12:00:00Z unsigned"
    let unsigned = try #require(SentAuditHead(line: line))
    #expect(try administration().verifyAudit(against: [unsigned]).findings == [.headDiffers(2)])
    for broken in ["popsec audit head", "popsec audit head 0 00 x", "", line.replacing("2 0", with: "x 0")] {
      #expect(SentAuditHead(line: broken) == nil)
    }
  }

  @Test("heads of other stores are told apart by their key, those of whoever can't sign too")
  func otherStores() throws {
    let folder = KeyFolder(path: scene.folder + "/other-keys")
    let other = try folder.create()
    try administration(keys: other).change { _ = try $0.recordStore("test") }
    try administration(keys: try folder.loadLookup()).change { _ = try $0.recordStore("test") }
    #expect(
      sent.lines.withLock { $0.last?.hasSuffix(" unsigned " + (other.audit.verifier?.id ?? "")) } == true)
    let found = try administration().verifyAudit(against: sent.heads)
    #expect(found.comparedHeadCount == 6 && found.otherHeadCount == 2)
  }

  @Test("a head that the system's log did not take is known as such, until one is taken")
  func notTaken() throws {
    #expect(try administration().verifyAudit().unsentHead == nil)
    sent.isTaking.withLock { $0 = false }
    try addTeam("Team 7")
    #expect(try administration().verifyAudit().unsentHead == 7)
    sent.isTaking.withLock { $0 = true }
    try addTeam("Team 8")
    #expect(try administration().verifyAudit().unsentHead == nil)
    #expect(try administration().verifyAudit(against: sent.heads).isWhole)
  }

  @Test("refusals before any use case are recorded, but not without end")
  func refusals() throws {
    for number in 1...30 { administration().recordRefusal(of: "no shell \(number)") }
    let rows = try scene.records.filter { $0.action == "attempt.refused" }
    #expect(rows.count == 10)
    #expect(rows.first?.fields.first?.after == "no shell 1")
  }

  @Test("the last head of each day is kept")
  func headsOfDays() throws {
    try addTeam("Later", daysLater: 1)
    try addTeam("And later", daysLater: 1)
    #expect(try scene.read { try $0.auditHeads().map(\.head.sequence) } == [6, 8])
  }

  @Test("archiving hands out what goes, keeps a signed checkpoint, and the rest is whole behind it")
  func archive() throws {
    for number in 7...9 { try addTeam("Team \(number)", daysLater: 2) }
    var kept: [AuditRecord] = []
    let later = administration(daysLater: 3)
    let head = try later.archiveAudit(before: scene.now.adding(days: 1)) { kept += $0 }
    #expect(head.sequence == 6)
    #expect(kept.map(\.sequence) == Array(1...6))
    let found = try later.verifyAudit(against: sent.heads)
    #expect(found.isWhole)
    #expect(found.first == 7 && found.last?.sequence == 10 && found.checkpoint == head)
    // A row about archiving proves nothing, because anybody who writes the store can write it.
    try tamper(
      "UPDATE audit_checkpoint SET signature = (SELECT signature FROM audit_head WHERE sequence = 6)")
    #expect(try later.verifyAudit(against: sent.heads).findings == [.cutBefore(6)])
    try tamper("DELETE FROM audit WHERE sequence = 7")
    #expect(try later.verifyAudit().findings == [.cutBefore(6), .checkpoint(6)])
  }

  @Test(
    "nothing is archived by whoever can't sign, of a damaged log, where there is nothing old, or not kept")
  func archiveRefused() throws {
    struct Full: Error {}
    let tomorrow = scene.now.adding(days: 1)
    let unsigned = TokenKeys(lookup: scene.keys.lookup, seal: scene.keys.seal)
    #expect(throws: AuditTrouble.noSigningKey) {
      try administration(keys: unsigned).archiveAudit(before: tomorrow) { _ in }
    }
    #expect(throws: AuditTrouble.nothingBefore) {
      try administration().archiveAudit(before: scene.now) { _ in }
    }
    #expect(throws: Full.self) { try administration().archiveAudit(before: tomorrow) { _ in throw Full() } }
    #expect(throws: AdministrationError.notAdministrator("archive the audit log")) {
      try scene.administration(only: [.auditRead]).archiveAudit(before: tomorrow) { _ in }
    }
    try tamper("UPDATE audit SET actor = 'nobody' WHERE sequence = 3")
    #expect(throws: AuditTrouble.damaged(3)) {
      try administration().archiveAudit(before: tomorrow) { _ in }
    }
    #expect(try scene.records.count { $0.action != "attempt.refused" } == 6)
  }

  @Test("the log is read and verified with audit.read alone, and not without")
  func permissions() throws {
    let reader = scene.administration(only: [.auditRead])
    #expect(try reader.audit(AuditQuery(), .first, limit: 10).rows.count == 6)
    #expect(try reader.verifyAudit().isWhole)
    let others = scene.administration(only: Set(Permission.allCases).subtracting([.auditRead]))
    #expect(throws: AdministrationError.notPermitted(.auditRead)) {
      try others.audit(AuditQuery(), .first, limit: 10)
    }
    #expect(throws: AdministrationError.notPermitted(.auditRead)) { try others.auditRecord(1) }
    #expect(throws: AdministrationError.notPermitted(.auditRead)) { try others.verifyAudit() }
  }

  @Test("filters find rows by who, what, target and time, and windows come in order")
  func filters() throws {
    try addTeam("Later", daysLater: 1)
    let cases: [(AuditQuery, [Int64])] = [
      (AuditQuery(), [7, 6, 5, 4, 3, 2, 1]),
      (AuditQuery(target: "team 4"), [4]),
      (AuditQuery(actor: "OP", target: "later"), [7]),
      (AuditQuery(actor: "nobody"), []),
      (AuditQuery(action: "team"), [7, 6, 5, 4, 3, 2, 1]),
      (AuditQuery(action: "add"), []),
      (AuditQuery(from: scene.now.adding(seconds: 1)), [7]),
      (AuditQuery(until: scene.now.adding(seconds: 1)), [6, 5, 4, 3, 2, 1]),
    ]
    let administration = administration()
    for (query, expected) in cases {
      #expect(try administration.audit(query, .first, limit: 10).rows.map(\.sequence) == expected)
    }
    func window(_ position: PagePosition<Int64>) throws -> ([Int64], Bool, Bool) {
      let page = try administration.audit(AuditQuery(), position, limit: 2)
      return (page.rows.map(\.sequence), page.hasBefore, page.hasAfter)
    }
    #expect(try window(.first) == ([7, 6], false, true))
    #expect(try window(.after(6)) == ([5, 4], true, true))
    #expect(try window(.before(4)) == ([6, 5], true, true))
    #expect(try window(.last) == ([2, 1], true, false))
  }
}
