import Access
import Administration
import Foundation
import Gate
import NIOHTTP1
import SQLiteStore
import Sealing
import Store
import Synchronization
import TestSupport
import Testing

@Suite("a decoy is denied like an unknown token, and is told of") struct DecoyTests {
  private let scene: GateScene
  private let decoyID: TokenID

  init() throws {
    scene = try GateScene()
    decoyID = scene.tokenID
    // The scene's token may see the widget: a decoy is denied whatever its API user was given.
    try scene.makeDecoy(decoyID, token: scene.token)
  }

  private func uses() throws -> [DecoyUse] {
    scene.write()
    return try scene.uses.decoyUses()
  }

  private typealias Question = @Sendable (GateScene, TokenID) -> Answer

  private static let questions: [(String, Question)] = [
    ("nginx", { $0.nginx("/sales?token=" + $1.revealed) }),
    ("forward", { $0.forward("/sales?company=MX&token=" + $1.revealed) }),
    ("bearer", { $0.nginx("/sales", headers: ["Authorization": "Bearer " + $1.revealed]) }),
    ("API key", { $0.nginx("/api/orders", headers: ["X-Api-Key": $1.revealed]) }),
    ("problem", { $0.nginx("/sales", headers: ["X-Api-Key": $1.revealed, "Accept": "application/json"]) }),
    ("no such place", { $0.nginx("/nowhere?token=" + $1.revealed) }),
    ("an open widget", { $0.nginx("/open?token=" + $1.revealed) }),
    (
      "evaluation",
      {
        $0.evaluate(
          #"{"subject":{"type":"token","id":"\#($1.revealed)"},"action":{"name":"view"},"#
            + #""resource":{"type":"widget","id":"Sales"}}"#)
      }
    ),
    (
      "search",
      {
        $0.evaluate(
          #"{"subject":{"type":"token","id":"\#($1.revealed)"},"action":{"name":"view"},"#
            + #""resource":{"type":"widget"}}"#, path: "/access/v1/search/resource")
      }
    ),
  ]

  @Test("the answer is that to an unknown Token ID, to the last byte", arguments: questions.map(\.0))
  func sameBytes(name: String) throws {
    let question = try #require(Self.questions.first { $0.0 == name }).1
    let (decoy, unknown) = (question(scene, decoyID), question(scene, .generate()))
    #expect(decoy.status == unknown.status)
    #expect(decoy.plain == unknown.plain)
    let use = try #require(try uses().first)
    #expect(try uses().count == 1)
    #expect(use.count == 1 && use.firstAt == scene.clock.now)
    #expect(!use.document.contains(decoyID.revealed))
  }

  @Test("a token that is no decoy is decided as ever, and nothing is told")
  func others() throws {
    try scene.makeDecoy(.generate(), token: nil)
    let token = try scene.administration.change { change in
      try change.addToken(to: scene.account, name: Name("other")).id
    }
    let id = try scene.administration.change { try $0.reveal(token, for: .copy) }
    #expect(scene.nginx("/sales?token=" + id.revealed).status == 200)
    #expect(try uses() == [])
  }

  @Test("what is told has the source and the place, and repeats are counted with the first")
  func told() throws {
    _ = scene.nginx("/sales?token=" + decoyID.revealed, source: "10.9.8.7", headers: ["User-Agent": "curl/8"])
    scene.clock.advance(5)
    _ = scene.nginx("/nowhere?token=" + decoyID.revealed, source: "10.9.8.7")
    _ = scene.nginx("/sales?token=" + decoyID.revealed, source: "10.9.8.8")
    let uses = try uses()
    #expect(uses.map { $0.key.source?.description } == ["10.9.8.7", "10.9.8.8"])
    #expect(uses.map(\.count) == [2, 1])
    #expect(uses[0].document.contains("Sales (widget)") && uses[0].document.contains("curl/8"))
    // The denial is one of an unknown token: neither a use of the token nor a denial of it is counted.
    #expect(try scene.uses.uses(of: [scene.token]) == [])
    #expect(
      try scene.uses.denials(.first, limit: 10).rows.allSatisfy { !$0.document.contains("\"tokenID\"") })
  }

  @Test("a decoy is recognized when its token is revoked, and its older Token ID when its token was rotated")
  func afterwards() throws {
    try scene.administration.change { _ = try $0.rotate(scene.token, olderValidUntil: scene.clock.now) }
    let newer = try scene.administration.change { try $0.reveal(scene.token, for: .copy) }
    let unknown = scene.nginx("/sales?token=" + TokenID.generate().revealed)
    for id in [decoyID, newer] {
      #expect(scene.nginx("/sales?token=" + id.revealed).plain == unknown.plain)
    }
    let evaluation = try #require(Self.questions.first { $0.0 == "evaluation" }).1
    #expect(evaluation(scene, newer).plain == evaluation(scene, .generate()).plain)
    let open = scene.nginx("/open?token=" + TokenID.generate().revealed)
    #expect(scene.nginx("/open?token=" + newer.revealed).plain == open.plain)
    #expect(try uses().map(\.count).reduce(0, +) == 4)
    try scene.administration.change { try $0.revoke(scene.token) }
    #expect(scene.nginx("/sales?token=" + decoyID.revealed).plain == unknown.plain)
    #expect(try uses().map(\.count).reduce(0, +) == 5)
  }

  @Test("a planted decoy is recognized although the store has nothing of it, also while keys are exchanged")
  func planted() throws {
    let id = TokenID.generate()
    try scene.makeDecoy(id, token: nil)
    _ = try scene.keyFolder.makeNext(.lookup)
    try scene.keyFolder.promoteNext(.lookup, forgetting: true)
    _ = scene.nginx("/sales?token=" + id.revealed)
    let use = try #require(try uses().first)
    #expect(use.document.contains("the wiki"))
  }

  @Test("a gate that lets nothing through still tells of a decoy")
  func standing() throws {
    let standing = GateStanding()
    let scene = try GateScene(standing: standing)
    try scene.makeDecoy(scene.tokenID, token: scene.token)
    let other = try #require(KeyID(rawValue: String(repeating: "0", count: 16)))
    standing.set(.otherKeys(store: other, here: other))
    let (decoy, unknown) = (
      scene.nginx(scene.withToken), scene.nginx("/sales?token=" + TokenID.generate().revealed)
    )
    #expect(decoy.status == 403 && decoy.plain == unknown.plain)
    scene.write()
    #expect(try scene.uses.decoyUses().count == 1)
  }

  @Test("a flood from many addresses is counted within bounds")
  func flood() throws {
    for number in 0..<200 {
      _ = scene.nginx("/sales?token=" + decoyID.revealed, source: "10.1.\(number / 100).\(number % 100)")
    }
    let uses = try uses()
    #expect(uses.reduce(0) { $0 + $1.count } == 200)
    #expect(uses.count == DecoyUse.maximumSources + 1)
  }
}

@Suite("a gate learns of decoys while it runs") struct DecoyKeeperTests {
  @Test("a decoy that is made is recognized soon, and what can't be read is said once and forgets nothing")
  func learns() async throws {
    let scene = try GateScene()
    let lines = Mutex<[String]>([])
    let log = GateLog(now: { "" }, emit: { line in lines.withLock { $0.append(line) } })
    let keeper = DecoyKeeper(scene.keyFolder, sets: scene.decoys, log: log)
    defer { keeper.stop() }
    #expect(lines.withLock { $0.count { $0.contains("there is no file of decoys") } } == 1)
    try scene.addToFile(scene.tokenID, token: scene.token)
    try await wait { scene.nginx(scene.withToken).status == 401 }
    try scene.damageDecoys()
    try await wait { lines.withLock { $0.contains { $0.contains("is damaged") } } }
    #expect(scene.nginx(scene.withToken).status == 401)
    #expect(lines.withLock { $0.count { $0.contains("is damaged") } } == 1)
  }

  private func wait(_ condition: () throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(20)
    while try !condition() {
      try #require(ContinuousClock.now < end)
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}

extension GateScene {
  /// Makes the gate know a decoy at once.
  func makeDecoy(_ id: TokenID, token: TokenRowID?) throws {
    try addToFile(id, token: token)
    decoys.set(try keyFolder.decoys())
  }

  func addToFile(_ id: TokenID, token: TokenRowID?) throws {
    try keyFolder.add(
      Decoy(
        digest: DecoyDigest(of: id), madeAt: clock.now, token: token,
        name: token == nil ? "the wiki" : "Portal / portal"))
  }

  func damageDecoys() throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: keyFolder.decoyFile))
    try file.truncate(atOffset: 10)
    try file.close()
  }
}

extension Answer {
  /// All of the answer but what differs from decision to decision.
  fileprivate var plain: [String] {
    headers.filter { $0.name != "X-Popsec-Decision" }.map { "\($0.name): \($0.value)" }
      + [body.replacing(#/[0-9a-f]{16}/#, with: "ID")]
  }
}
