import Access
import Administration
@testable import Gate
import Sealing
import SQLiteStore
import Store
import TestSupport
import Testing

@Suite("What is kept is what would be decided")
struct KeptAnswerTests {
  typealias Question = KeptScene.Question

  @Test(
    "an answer that is given again differs in the decision alone, and each counts as a use, the last one too")
  func counts() throws {
    let kept = try KeptScene()
    let question = Question.nginx(kept.scene.withToken)
    let first = try kept.fast(question)
    #expect(kept.keptUses == 0)
    var decisions: Set = [first.decision]
    for _ in 0..<50 {
      let again = try kept.fast(question)
      #expect((again.status, again.headers, again.body) == (200, first.headers, first.body))
      decisions.insert(again.decision)
    }
    #expect(kept.keptUses == 1)
    #expect(decisions.count == 51 && !decisions.contains(nil))
    // From elsewhere it is another answer, and another place of the last use.
    for _ in 0..<3 { _ = try kept.fast(.nginx(kept.scene.withToken, from: "10.9.9.9")) }
    #expect(try kept.uses(of: kept.scene.token) == 54)
    let use = try #require(try kept.scene.uses.uses(of: [kept.scene.token]).first)
    #expect(use.source?.description == "10.9.9.9" && use.place == .widget(kept.scene.widget))
    let sums = try #require(try kept.scene.administration.hourSums(since: kept.scene.clock.now))
    #expect(sums.map(\.sum.allowed) == [54])
  }

  @Test("uses of what was forgotten are counted")
  func forgotten() throws {
    let kept = try KeptScene()
    for round in 0..<5 {
      for _ in 0..<4 { _ = try kept.fast(.nginx(kept.scene.withToken)) }
      try kept.scene.administration.change { try $0.rename(kept.secondToken, to: Name("second \(round)")) }
    }
    #expect(try kept.uses(of: kept.scene.token) == 20)
  }

  /// What is decided each time.
  static let neverKept: [(String, @Sendable (KeptScene) throws -> Question)] = [
    ("a denial", { .nginx("/sales?company=US%2C%20Inc.&token=" + $0.scene.tokenID.revealed) }),
    ("an open widget", { _ in .nginx("/open") }),
    (
      "a token with a rate",
      { kept in
        try kept.scene.administration.change {
          try $0.setLimits(TokenLimits(requestsPerMinute: 1_000), of: kept.scene.token)
        }
        return .nginx(kept.scene.withToken)
      }
    ),
    (
      "an older Token ID",
      { kept in
        let (token, end) = (kept.scene.token, kept.scene.clock.now.adding(days: 1))
        _ = try kept.scene.administration.change { try $0.rotate(token, olderValidUntil: end) }
        return .nginx(kept.scene.withToken)
      }
    ),
  ]

  @Test("what rests on more than the store and the time is not kept", arguments: neverKept)
  func notKept(what: String, make: @Sendable (KeptScene) throws -> Question) throws {
    let kept = try KeptScene()
    let question = try make(kept)
    for _ in 0..<3 { _ = try kept.fast(question) }
    #expect(kept.keptUses == 0)
  }

  @Test("the assertion of a kept answer is made anew while it has half a minute left")
  func assertions() throws {
    let kept = try KeptScene()
    // An answer that lasts no longer than its cookie, which has 300 seconds.
    let before = try kept.fast(.nginx(kept.scene.withToken))
    kept.scene.clock.advance(299)
    #expect(try kept.fast(.nginx(kept.scene.withToken)).cookie == before.cookie)
    kept.scene.clock.advance(1)
    let after = try kept.fast(.nginx(kept.scene.withToken))
    #expect(after.cookie != before.cookie && after.status == 200)
    kept.scene.clock.advance(-1)
    #expect(
      try kept.fast(.nginx(kept.scene.withToken)).cookie == kept.slow(.nginx(kept.scene.withToken)).cookie)
  }

  @Test(
    "requests in pieces, together, and before the end of the client's side are all answered in order",
    arguments: KeptScene.places)
  func framing(inDatabase: Bool) throws {
    let kept = try KeptScene(inDatabase: inDatabase)
    let (good, bad) = (Question.nginx(kept.scene.withToken), Question.nginx("/sales?token=x"))
    _ = try kept.fast(good)
    // In two pieces; then it goes on as before.
    for question in [good, bad] {
      let text = question.text
      let cut = text.index(text.startIndex, offsetBy: text.count / 2)
      kept.caller.send(String(text[..<cut]))
      try eventually("the first piece to be read") { kept.caller.isTaken }
      kept.caller.send(String(text[cut...]))
      #expect(try kept.caller.reply().status == kept.slow(question).status)
    }
    let uses = kept.keptUses
    _ = try kept.fast(good)
    #expect(kept.keptUses >= uses)
    // Together.
    kept.caller.send([good, bad, good, good, bad].map(\.text).joined())
    #expect(try (0..<5).map { _ in try kept.caller.reply().status } == [200, 401, 200, 200, 401])
    for question in [good, bad] {
      let caller = try GateCaller(kept.socket)
      caller.send(question.text)
      caller.end()
      #expect(try caller.reply().status == kept.slow(question).status)
      #expect(throws: SystemError.self) { try caller.reply() }
    }
  }
}
