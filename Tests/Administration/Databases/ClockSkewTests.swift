import Access
import Administration
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@Suite("Hosts whose clocks differ", .onEachEngine)
struct ClockSkewTests {
  private let scene: Scene

  init() throws { scene = try Scene() }

  /// Another host's way to the store, whose clock is so many seconds ahead.
  private func host(_ seconds: Int64) throws -> Administration {
    let now = scene.now.adding(seconds: seconds)
    return Administration(
      store: try scene.made.reopened(), keys: scene.keys, operating: scene.administration.operating,
      surroundings: Surroundings(now: { now }, makeTokenID: { .generate() }))
  }

  @Test("make one chain of changes, in the order in which they were made, and each row has its host's time")
  func chain() throws {
    let hosts = try [0, 3_600, -3_600, 90_000].map { try host($0) }
    for round in 0..<3 {
      for (number, host) in hosts.enumerated() {
        try host.change { _ = try $0.addTeam(name: try Name("Team \(round) \(number)")) }
      }
    }
    let records = try scene.records
    #expect(records.map(\.sequence) == Array(1...12))
    #expect(
      records.map { $0.at.secondsSince1970 - scene.now.secondsSince1970 }.prefix(4) == [
        0, 3_600, -3_600, 90_000,
      ])
    #expect(try scene.administration.verifyAudit().isWhole)
    // Undo goes by the order of rows, and not by their times.
    for host in hosts.reversed() {
      try host.undo(try #require(try host.ownChanges().first { $0.canBeUndone }).number)
    }
    #expect(try scene.administration.verifyAudit().isWhole)
    #expect(try scene.administration.inspect().damages == [])
  }

  @Test("each lets in by its own clock what begins and ends, and agrees on what was revoked")
  func decisions() throws {
    let mexico = try CheckScene()
    let until = mexico.scene.now.adding(seconds: 600)
    try mexico.scene.change { try $0.setExpiry(.at(until), of: mexico.token.id) }
    let request = CheckRequest(
      asker: .token(.id(mexico.token.id), of: AccountReference(.apiUser, .id(mexico.user.id))),
      surface: .widget(.id(mexico.widget.id)))
    func isAllowed(_ seconds: Int64) throws -> Bool {
      let now = mexico.scene.now.adding(seconds: seconds)
      let administration = Administration(
        store: try mexico.scene.made.reopened(), keys: mexico.scene.keys,
        operating: mexico.scene.administration.operating,
        surroundings: Surroundings(now: { now }, makeTokenID: { .generate() }))
      return try administration.check { try $0.check(request) }.decision.isAllowed
    }
    #expect(try isAllowed(0) && isAllowed(-3_600) && !isAllowed(3_600))
    // Whoever revokes may have the latest clock or the earliest: it holds at once on all hosts.
    for seconds in [3_600, -3_600] as [Int64] {
      let now = mexico.scene.now.adding(seconds: seconds)
      let token = try mexico.scene.token(of: mexico.user, "token \(seconds)", expiry: .never)
      try Administration(
        store: mexico.scene.made.reopened(), keys: mexico.scene.keys,
        operating: mexico.scene.administration.operating,
        surroundings: Surroundings(now: { now }, makeTokenID: { .generate() })
      ).change { try $0.revoke(token.id) }
      var asked = request
      asked.asker = .token(.id(token.id), of: AccountReference(.apiUser, .id(mexico.user.id)))
      for at in [-7_200, 0, 7_200] as [Int64] {
        asked.at = mexico.scene.now.adding(seconds: at)
        #expect(try !mexico.scene.administration.check { try $0.check(asked) }.decision.isAllowed)
      }
    }
  }
}
