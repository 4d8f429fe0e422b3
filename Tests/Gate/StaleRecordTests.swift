import Access
import Dispatch
import GRDB
import SQLiteStore
import Store
import Synchronization
import TestSupport
import Testing

@testable import Gate

/// A store on another machine that is in reach as the test says.
private final class Faraway: DistantStore {
  private let held = Mutex(StoreReach.reached)

  var reach: StoreReach {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }

  func silence(seconds: Int, heard: CommitMark? = nil) {
    reach = .silent(StoreSilence(seconds: seconds, staleSeconds: 10, heard: heard))
  }

  func ask(_ receiver: @escaping @Sendable (CommitMark?) -> Void) { receiver(nil) }
  func stop() {}
}

@Suite("A gate records what it answered by what it knew") struct StaleRecordTests {
  private let scene: GateScene
  private let faraway = Faraway()
  private let gate: GateStanding
  private let watch: ReachWatch
  private let lines = Lines()

  private final class Lines: Sendable {
    private let held = Mutex<[String]>([])
    func add(_ line: String) { held.withLock { $0.append(line) } }
    var all: [String] { held.withLock { $0 } }
    func count(_ part: String) -> Int { all.count { $0.contains(part) } }
  }

  init() throws {
    scene = try GateScene()
    gate = GateStanding(faraway)
    watch = ReachWatch(
      gate, scene.uses, host: try Name("web1"), process: 7,
      GateLog(now: { "" }, emit: { [lines] in lines.add($0) }))
  }

  private func answer(_ count: Int, at second: Int64) {
    gate.stale.withLock { $0.count(count, at: .start.adding(seconds: second)) }
  }

  private func look(_ times: Int = StaleTally.quietLooks) { for _ in 0..<times { watch.look() } }

  @Test("once the store is back, with host, process, number and times, and once")
  func records() throws {
    faraway.silence(seconds: 1)
    look(1)
    answer(5, at: 3)
    answer(1, at: 9)
    look()
    #expect(try scene.uses.staleSpans() == [])
    faraway.reach = .reached
    look(30)
    let spans = try scene.uses.staleSpans()
    let span = try #require(spans.first)
    #expect(spans.count == 1 && span.host.text == "web1" && span.process == 7 && span.count == 6)
    #expect(span.firstAt == .start.adding(seconds: 3) && span.lastAt == .start.adding(seconds: 9))
    #expect(lines.count("out of reach") == 1 && lines.count("in reach: requests") == 1)
    #expect(lines.count(#""oldAnswers":"6""#) == 1)
  }

  @Test("also when writing has failed for a while, which the log says once")
  func failing() throws {
    let queue = try DatabaseQueue(path: scene.folder.store.useDatabase)
    try queue.write { try $0.execute(sql: "ALTER TABLE stale_span RENAME TO away") }
    answer(2, at: 0)
    look(20)
    answer(3, at: 100)
    look(20)
    #expect(lines.count("can't be recorded") == 1)
    try queue.write { try $0.execute(sql: "ALTER TABLE away RENAME TO stale_span") }
    look(20)
    #expect(try scene.uses.staleSpans().map(\.count) == [2, 3])
    #expect(lines.count("recorded again") == 1)
  }

  @Test("at its end; what can't be written then is in the log")
  func ends() throws {
    answer(2, at: 0)
    watch.finish()
    #expect(try scene.uses.staleSpans().map(\.count) == [2])
    let queue = try DatabaseQueue(path: scene.folder.store.useDatabase)
    try queue.write { try $0.execute(sql: "DROP TABLE stale_span") }
    answer(4, at: 50)
    watch.finish()
    #expect(lines.count("no record tells of") == 1 && lines.count(#""oldAnswers":"4""#) == 1)
  }

  @Test(
    "each answer by what is kept counts, and no other",
    .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
  func counts() throws {
    let scene = try GateScene(inDatabase: true)
    let shared = GateShared(
      recorder: scene.recorder, trusted: TrustedPeers(), standing: gate, microseconds: { 0 })
    let worker = GateWorker(scene.makeEnforcer(), shared)
    func ask(_ target: String) -> Answer { scene.nginx(target, worker: worker) }
    for _ in 0..<2 {
      let answer = ask(scene.withToken)
      #expect(answer.status == 200 && answer.header(Answer.staleHeader) == nil)
    }
    let heard = try heard(scene)
    faraway.silence(seconds: 3, heard: heard)
    for _ in 0..<3 { #expect(ask(scene.withToken).header(Answer.staleHeader) == "3") }
    // Of this Token ID the gate knows nothing.
    #expect(ask("/sales?token=\(TokenID.generate().revealed)").header(Answer.staleHeader) == nil)
    faraway.silence(seconds: 10, heard: heard)
    #expect(ask(scene.withToken).header(Answer.staleHeader) == nil)
    faraway.reach = .reached
    #expect(ask(scene.withToken).status == 200)
    #expect(gate.stale.withLock { $0.total } == 3)
  }

  /// How far the store of a scene has come.
  private func heard(_ scene: GateScene) throws -> CommitMark {
    let told = DispatchSemaphore(value: 0)
    let mark = Mutex<CommitMark?>(nil)
    try #require(scene.shared.standing.distant).ask { answer in
      mark.withLock { $0 = answer }
      told.signal()
    }
    told.wait()
    let heard = mark.withLock(\.self)
    return try #require(heard)
  }
}
