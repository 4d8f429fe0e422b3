import Access
import Administration
import Foundation
import GRDB
import Gate
import SQLiteStore
import Sealing
import Store
import TestSupport
import Testing

@Suite("a gate lets nothing through that it should not decide") struct StandingTests {
  private func watch(_ scene: GateScene, _ keys: KeyFolder? = nil) throws -> StandingWatch {
    let place = scene.folder.store
    let clock = scene.clock
    return StandingWatch(
      EnforcedStore { try SQLiteStore.open(place, options: OpenOptions(readOnly: true), now: .start) },
      ring: KeyRing(try (keys ?? scene.keyFolder).loadLookup()), uses: scene.uses, now: { clock.now })
  }

  private func copy(_ scene: GateScene, _ name: String) throws -> String {
    let path = scene.folder.path + "/" + name
    try SQLiteStore.open(scene.folder.store, now: .start).copy(to: path)
    return path
  }

  /// Puts a copy in place of the store, as a person with cp would.
  private func put(_ copy: String, _ scene: GateScene) throws {
    let database = scene.folder.store.database
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: database + suffix) }
    try FileManager.default.copyItem(atPath: copy, toPath: database)
    chmod(database, 0o600)
  }

  @Test("an old copy is noticed by a gate that runs and by one that starts, until somebody accepts it")
  func wentBack() throws {
    let scene = try GateScene()
    let running = try watch(scene)
    #expect(try running.look()?.standing == .good)
    #expect(try running.look() == nil)
    let old = try copy(scene, "old")
    try scene.administration.change { try $0.revoke(scene.token) }
    let found = try #require(try running.look())
    #expect(found.standing == .good && found.isCompared)
    try put(old, scene)
    guard case .wentBack(let kept, let present)? = try watch(scene).look()?.standing else {
      Issue.record("it was not noticed")
      return
    }
    #expect(kept.sequence > present.sequence && kept.generation > present.generation)
    #expect(throws: StoreError.self) { try running.look() }
    #expect(try running.look()?.standing == .wentBack(kept: kept, present: present))
    // Another gate.db does not help it forget.
    try FileManager.default.removeItem(atPath: scene.folder.store.useDatabase)
    #expect(try running.look()?.standing == .wentBack(kept: kept, present: present))
  }

  @Test("what lost the kept head, too, is noticed by a gate that runs, which tells the others")
  func losesKeptHead() throws {
    let scene = try GateScene()
    let running = try watch(scene)
    #expect(try running.look()?.standing == .good)
    let old = try copy(scene, "old")
    let kept = try #require(try scene.uses.keptHead())
    try scene.administration.change { try $0.revoke(scene.token) }
    #expect(try running.look()?.standing == .good)
    let lost = try #require(try scene.uses.keptHead()).head
    try put(old, scene)
    try scene.uses.settle(kept.head, at: .start)
    // The time since when a head is kept goes forward, and would tell the gate that somebody accepted this.
    let queue = try DatabaseQueue(path: scene.folder.store.useDatabase)
    try queue.write {
      try $0.execute(sql: "UPDATE kept_head SET since = ?", arguments: [kept.since.secondsSince1970])
    }
    #expect(try watch(scene).look()?.standing == .good)
    #expect(throws: StoreError.self) { try running.look() }
    let standing = StoreStanding.wentBack(kept: lost, present: kept.head)
    #expect(try running.look()?.standing == standing)
    #expect(try watch(scene).look()?.standing == standing)
    #expect(try running.look()?.standing == standing)
    // Who accepts it settles what is there.
    try scene.uses.settle(kept.head, at: .start)
    #expect(try running.look()?.standing == .good)
  }

  @Test("accepting a rollback is recorded, and gates go on")
  func accepts() throws {
    let scene = try GateScene()
    let gate = try watch(scene)
    let old = try copy(scene, "old")
    try scene.administration.change { try $0.revoke(scene.token) }
    _ = try gate.look()
    try put(old, scene)
    let keys = try scene.keyFolder.load()
    let administration = Administration(
      store: try SQLiteStore.open(scene.folder.store, now: .start), keys: keys,
      operating: scene.administration.operating, uses: SQLiteUseRecords(scene.folder.store))
    guard case .wentBack = try administration.rollback() else {
      Issue.record("it was not noticed")
      return
    }
    #expect(throws: StoreError.self) { try gate.look() }
    guard case .wentBack? = try gate.look()?.standing else {
      Issue.record("it was not noticed")
      return
    }
    let uses = scene.uses
    #expect(try administration.acceptRollback(writing: { uses }) != nil)
    #expect(try gate.look()?.standing == .good)
    let row = try administration.audit(AuditQuery(), .first, limit: 1).rows.first
    #expect(row?.action == "store.acceptRollback" && row?.details.contains("kept row") == true)
    #expect(try administration.acceptRollback(writing: { uses }) == nil)
  }

  @Test("with another store's keys nothing is decided, and no token made")
  func otherKeys() throws {
    let scene = try GateScene()
    let other = KeyFolder(path: scene.folder.path + "/other")
    _ = try other.create()
    guard case .otherKeys? = try watch(scene, other).look()?.standing else {
      Issue.record("it was not noticed")
      return
    }
    #expect(try watch(scene).look()?.standing == .good)
    let administration = Administration(
      store: try SQLiteStore.open(scene.folder.store, now: .start), keys: try other.load(),
      operating: scene.administration.operating)
    #expect(try administration.keyTrouble() != nil)
    #expect(try administration.unknownSealKey() != nil)
    #expect(throws: SealingError.self) {
      try administration.change { _ = try $0.addToken(to: scene.account, name: Name("new")) }
    }
    #expect(try scene.administration.keyTrouble() == nil)
    #expect(try scene.administration.unknownSealKey() == nil)
  }

  @Test("a store that went back, or with other keys, answers 503 to all but what is no decision")
  func refuses() throws {
    let head = StoreHead(generation: 1, sequence: 1, hash: [])
    let other = try #require(KeyID(rawValue: String(repeating: "0", count: 16)))
    let all: [(StoreStanding, String)] = [
      (.wentBack(kept: head, present: head), "store-went-back"),
      (.otherKeys(store: other, here: other), "other-keys"),
    ]
    let standing = GateStanding()
    let scene = try GateScene(standing: standing)
    for (found, word) in all {
      standing.set(found)
      let answer = scene.forward(scene.withToken)
      #expect(answer.status == 503 && answer.header("X-Popsec-Reason") == word)
      #expect(scene.forward("/open").status == 503)
      #expect(scene.evaluate(AuthZENTests.question).status == 503)
      let health = scene.worker.answer(RawRequest(target: "/healthz"))
      #expect(health.status == 503 && health.body.contains("doctor"))
    }
    standing.set(.good)
    #expect(scene.forward(scene.withToken).status == 200)
  }

  @Test("where the gates' records can't be read, nothing is reported as unused")
  func unknownUse() throws {
    let scene = try GateScene()
    _ = scene.nginx(scene.withToken)
    scene.write()
    try FileManager.default.removeItem(atPath: scene.folder.store.useDatabase)
    try FileManager.default.createDirectory(
      atPath: scene.folder.store.useDatabase, withIntermediateDirectories: true)
    let tokens = try scene.administration.read { try $0.tokens(of: scene.account) }
    #expect(try scene.administration.usage(of: tokens)[scene.token]?.isKnown == false)
    #expect(scene.administration.useTrouble() != nil)
    #expect(try scene.administration.takeOverUses().tokenCount == 0)
    scene.clock.advance(91 * 86_400)
    try scene.administration.change { try $0.setExpiry(.never, of: scene.token) }
    try scene.administration.review { rows in
      for row in rows { #expect(!row.isUseKnown && !row.findings.contains(where: \.isAboutUse)) }
    }
    #expect(throws: UseTrouble.self) { try scene.administration.denialCount() }
  }
}
