import Access
import Store
import TestSupport
import Testing

@Suite struct SettingStoreTests {
  @Test("a setting is read as it was set, and nothing is stored for a default", arguments: Engine.all)
  func sets(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let user = try fixture.user("Ada")
    try fixture.write { writer in
      try writer.set(.idleLockMinutes, to: .number(5), of: nil)
      try writer.set(.idleLockMinutes, to: .number(6), of: nil)
      try writer.set(.sshHost, to: .text("sec"), of: nil)
      try writer.set(.recordingSafe, to: .flag(true), of: user)
    }
    #expect(
      try fixture.read { try $0.settings(of: nil) } == [.idleLockMinutes: .number(6), .sshHost: .text("sec")])
    #expect(try fixture.read { try $0.settings(of: user) } == [.recordingSafe: .flag(true)])
    #expect(try fixture.read { try $0.settings(for: user) }.isRecordingSafe)
    #expect(try !fixture.read { try $0.settings(for: nil) }.isRecordingSafe)
    try fixture.write { writer in
      try writer.set(.idleLockMinutes, to: nil, of: nil)
      try writer.set(.recordingSafe, to: nil, of: user)
    }
    #expect(try fixture.read { try $0.settings(of: nil) } == [.sshHost: .text("sec")])
    #expect(try fixture.read { try $0.settings(of: user) }.isEmpty)
  }

  @Test("a setting is seen by who watches the store", arguments: Engine.all)
  func raisesGeneration(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let before = try fixture.read { try $0.generation() }
    try fixture.write { try $0.set(.idleLockMinutes, to: .number(5), of: nil) }
    #expect(try fixture.read { try $0.generation() } != before)
  }

  @Test("a draft takes the place of the user's one of that place", arguments: Engine.all)
  func drafts(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let (ada, bob) = (try fixture.user("Ada"), try fixture.user("Bob"))
    let generation = try fixture.read { try $0.generation() }
    try fixture.write { writer in
      try writer.put(draft(ada, "a", "1", at: 0))
      try writer.put(draft(ada, "b", "2", at: 1))
      try writer.put(draft(ada, "a", "3", at: 2))
      try writer.put(draft(bob, "a", "4", at: 3))
    }
    #expect(try fixture.read { try $0.drafts(of: ada) }.map(\.document) == ["3", "2"])
    #expect(try fixture.read { try $0.drafts(of: bob) } == [draft(bob, "a", "4", at: 3)])
    try fixture.write { try $0.deleteDraft(of: ada, at: "a") }
    #expect(try fixture.read { try $0.drafts(of: ada) }.map(\.place) == ["b"])
    // No decision rests on them, and nobody need read anything again.
    #expect(try fixture.read { try $0.generation() } == generation)
  }

  @Test("where there are too many drafts, the earliest are deleted", arguments: Engine.all)
  func manyDrafts(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let ada = try fixture.user("Ada")
    try fixture.write { writer in
      for number in 0..<(StoredDraft.maximumCount + 5) {
        try writer.put(draft(ada, "place \(number)", "x", at: Int64(number)))
      }
    }
    let kept = try fixture.read { try $0.drafts(of: ada) }
    #expect(kept.count == StoredDraft.maximumCount)
    #expect(kept.last?.place == "place 5")
  }

  private func draft(_ user: AccountID, _ place: String, _ document: String, at seconds: Int64) -> StoredDraft
  {
    StoredDraft(
      user: user, place: place, title: "Lists of Sales", at: .start.adding(seconds: seconds),
      document: document)
  }
}

extension Fixture {
  fileprivate func user(_ text: String) throws -> AccountID {
    let account = Account(
      id: .random(), kind: .user, name: try Name(text), isEnabled: true, unixAccount: nil, createdAt: .start)
    try write { try $0.insert(account) }
    return account.id
  }
}
