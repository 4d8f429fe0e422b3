import Access
import Store
import TestSupport
import Testing

@Suite("notices in a store")
struct NoticeStoreTests {
  private static func event(_ key: String?, _ condition: String = "token.ends") -> NoticeEvent {
    NoticeEvent(
      id: "id-\(key ?? "none")", raisedKey: key, condition: condition, subject: "token/1", words: "words",
      document: "{}", at: .start)
  }

  @Test("notices wait in the order in which they were raised, until they are settled", arguments: Engine.all)
  func waits(_ engine: Engine) throws {
    let fixture = try Fixture(engine)
    try fixture.write { writer in
      for key in ["b", "a", "c"] { try writer.insert(Self.event(key), at: .start) }
    }
    let waiting = try fixture.read { try $0.waitingNotices(limit: 9) }
    #expect(waiting.map(\.event.raisedKey) == ["b", "a", "c"])
    #expect(waiting.map(\.number) == waiting.map(\.number).sorted())
    #expect(waiting.allSatisfy { $0.raisedAt == .start && $0.nextAttemptAt == .start })
    var first = waiting[0]
    (first.state, first.settledAt) = (.delivered, .start.adding(seconds: 5))
    var second = waiting[1]
    (second.attemptCount, second.problem) = (3, "away")
    second.nextAttemptAt = .start.adding(seconds: 9)
    try fixture.write { writer in
      try writer.update(first)
      try writer.update(second)
    }
    try fixture.read { (reader: any StoreReader) throws -> Void in
      #expect(try reader.waitingNotices(limit: 9) == [second, waiting[2]])
      #expect(try reader.waitingNotices(limit: 1) == [second])
      #expect(try reader.waitingNoticeCount() == 2)
      #expect(try reader.notices(of: nil, before: nil, limit: 9) == [waiting[2], second, first])
      #expect(try reader.notices(of: nil, before: second.number, limit: 9) == [first])
      #expect(try reader.notices(of: ["audit.fails"], before: nil, limit: 9).isEmpty)
      #expect(try reader.notices(of: [], before: nil, limit: 9).isEmpty)
      #expect(try reader.notices(settledBefore: .start.adding(seconds: 5), limit: 9).isEmpty)
      #expect(try reader.notices(settledBefore: .start.adding(seconds: 6), limit: 9) == [first])
    }
    try fixture.write { try $0.deleteNotices([first.number, 99]) }
    #expect(try fixture.read { try $0.notices(of: nil, before: nil, limit: 9).count } == 2)
  }

  @Test("a key is raised once, until it is given back, and an event's id is kept once", arguments: Engine.all)
  func keys(_ engine: Engine) throws {
    let fixture = try Fixture(engine)
    try fixture.write { try $0.insert(Self.event("a", "store.fails"), at: .start) }
    #expect(try fixture.read { try $0.raisedKeys(among: ["a", "b"]) } == ["a"])
    var held = try #require(try fixture.read { try $0.heldNotices(of: "store.fails") }.first)
    #expect(try fixture.read { try $0.heldNotices(of: "token.ends") }.isEmpty)
    held.event.raisedKey = nil
    try fixture.write { try $0.update(held) }
    #expect(try fixture.read { try $0.raisedKeys(among: ["a"]) }.isEmpty)
    #expect(try fixture.read { try $0.heldNotices(of: "store.fails") }.isEmpty)
    try fixture.write { try $0.insert(Self.event("a", "store.fails"), at: .start.adding(seconds: 1)) }
    #expect(try fixture.read { try $0.waitingNotices(limit: 9) } == [held])
  }

  @Test("no decision rests on notices", arguments: Engine.all)
  func generation(_ engine: Engine) throws {
    let fixture = try Fixture(engine)
    let before = try fixture.read { try $0.generation() }
    try fixture.write { writer in
      try writer.insert(Self.event("a"), at: .start)
      try writer.setNoticeLook(of: "token.ends", at: .start)
      try writer.setNoticeLook(of: "token.ends", at: .start.adding(seconds: 7))
    }
    let waiting = try fixture.read { try $0.waitingNotices(limit: 9) }
    try fixture.write { writer in
      for notice in waiting { try writer.update(notice) }
      try writer.deleteNotices(waiting.map(\.number))
    }
    try fixture.read { (reader: any StoreReader) throws -> Void in
      #expect(try reader.generation() == before)
      #expect(try reader.noticeLook(of: "token.ends") == .start.adding(seconds: 7))
      #expect(try reader.noticeLook(of: "audit.fails") == nil)
    }
  }

  @Test("tokens that end soon are read in the order of their ends, page by page", arguments: Engine.all)
  func endingTokens(_ engine: Engine) throws {
    let fixture = try Fixture(engine)
    let ends: [Int64?] = [5, 1, 3, 3, 3, 2, 40, 0, -1, nil]
    var made: [Token] = []
    try fixture.write { writer in
      for kind in AccountKind.allCases {
        let account = try Sample.account("of \(kind)", kind)
        try writer.insert(account)
        for (index, days) in ends.enumerated() {
          let expiry = days.map { Expiry.at(.start.adding(days: $0)) } ?? .never
          let (token, id) = try Sample.token("t\(index)", of: account.id, expiry: expiry)
          try writer.insert(token, id)
          if let days, (1...30).contains(days) { made.append(token) }
        }
        let (disabled, id) = try Sample.token(
          "off", of: account.id, expiry: .at(.start.adding(days: 2)), isDisabled: true)
        try writer.insert(disabled, id)
      }
    }
    func ordered(_ tokens: [Token]) -> [TokenRowID] {
      tokens.sorted {
        ($0.expiry.timestamp ?? .start, $0.id) < ($1.expiry.timestamp ?? .start, $1.id)
      }.map(\.id)
    }
    for limit in [1, 2, 3, 100] {
      var (found, after): ([Token], TokenEnd?) = ([], nil)
      while true {
        let page = try fixture.read {
          try $0.tokens(
            endingAfter: .start, upTo: .start.adding(days: 30), after: after, limit: limit)
        }
        found += page
        guard let last = page.last, let end = last.expiry.timestamp else { break }
        after = TokenEnd(at: end, token: last.id)
      }
      #expect(found.map(\.id) == ordered(made), "\(limit) a page")
    }
    let count = try fixture.read { try $0.tokenCount(endingAfter: .start, upTo: .start.adding(days: 30)) }
    #expect(count == made.count)
  }

  @Test("tokens that were rotated not long ago are read by id, page by page", arguments: Engine.all)
  func rotatedTokens(_ engine: Engine) throws {
    let fixture = try Fixture(engine)
    let account = try Sample.account("portal")
    var rotated: [TokenRowID] = []
    try fixture.write { writer in
      try writer.insert(account)
      for days in [nil, -5, 1, 2, 9] as [Int64?] {
        let (token, id) = try Sample.token("t\(days ?? 0)", of: account.id)
        try writer.insert(token, id)
        guard let days else { continue }
        let second = try Sample.token("x", of: account.id).id
        let newer = StoredTokenID(
          id: second.id, token: token.id, account: account.id, lookup: second.lookup, sealed: second.sealed,
          hint: second.hint, createdAt: .start)
        try writer.add(newer, to: token.id, olderValidUntil: .start.adding(days: days))
        if days > 1 { rotated.append(token.id) }
      }
    }
    let time = Timestamp.start.adding(days: 1)
    let first = try fixture.read { try $0.tokens(olderValidAfter: time, after: nil, limit: 1) }.map(\.id)
    let rest = try fixture.read { try $0.tokens(olderValidAfter: time, after: first.first, limit: 9) }
    #expect(first + rest.map(\.id) == rotated.sorted())
  }
}
