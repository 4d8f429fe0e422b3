import Access
import Store
import TestSupport
import Testing

@Suite struct AccountTests {
  @Test("an account is found by id, by name in any spelling, and by Unix account", arguments: Engine.all)
  func isFound(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let account = try Sample.account("Zoë Ops", .user, isEnabled: false, unix: "zoe")
    try fixture.write { try $0.insert(account) }
    let unix = try Sample.some(UnixAccountName("zoe"))
    try fixture.read { reader throws in
      #expect(try reader.account(account.id) == account)
      for spelling in ["Zoë Ops", " zoë ops ", "ZOE\u{308} OPS"] {
        #expect(try reader.account(.user, named: Sample.key(spelling)) == account, "\(spelling)")
      }
      #expect(try reader.account(.apiUser, named: NameKey(account.name)) == nil)
      #expect(try reader.account(.user, named: Sample.key("zoë")) == nil)
      #expect(try reader.account(unixAccount: unix) == account)
    }
  }

  @Test("an update replaces name, state and Unix account", arguments: Engine.all)
  func isUpdated(engine: Engine) throws {
    let fixture = try Fixture(engine)
    var account = try Sample.account("ops", .user, unix: "ops")
    try fixture.write { try $0.insert(account) }
    account.name = try Name("Operator")
    account.isEnabled = false
    account.unixAccount = nil
    try fixture.write { try $0.update(account) }
    try fixture.read { reader throws in
      #expect(try reader.account(account.id) == account)
      #expect(try reader.account(.user, named: Sample.key("ops")) == nil)
      for (part, count) in [("ops", 0), ("rat", 1)] {
        let query = AccountQuery(kind: .user, matching: SearchText(part))
        #expect(try reader.accountCount(query) == count, "\(part)")
      }
    }
  }

  @Test(
    "a living account's name is taken, within its kind",
    arguments: Engine.all, ["portal", "Portal", "PORTAL"])
  func nameIsTaken(engine: Engine, name: String) throws {
    let fixture = try Fixture(engine)
    try fixture.write { try $0.insert(try Sample.account("portal")) }
    #expect(throws: StoreError.self) { try fixture.write { try $0.insert(try Sample.account(name)) } }
    try fixture.write { try $0.insert(try Sample.account(name, .user)) }
    #expect(try fixture.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 1)
  }

  @Test("the refusal of a taken name holds no name", arguments: Engine.all)
  func refusalIsDiscreet(engine: Engine) throws {
    let fixture = try Fixture(engine)
    try fixture.write { try $0.insert(try Sample.account("marguerite")) }
    let error = #expect(throws: StoreError.self) {
      try fixture.write { try $0.insert(try Sample.account("marguerite")) }
    }
    guard case .constraint(let detail) = error else { throw Sample.Missing() }
    #expect(!detail.contains("marguerite") && !detail.lowercased().contains("insert"))
  }

  @Test("a deleted account is hidden everywhere, and its names are free", arguments: Engine.all)
  func deletedIsHidden(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let old = try Sample.account("ops", .user, unix: "ops")
    let team = try Sample.team("Operators")
    let (token, stored) = try Sample.token("portal", of: old.id)
    let again = try Sample.account("ops", .user, unix: "ops")
    try fixture.write { writer in
      try writer.insert(old)
      try writer.insert(team)
      try writer.putMember(old.id, in: team.id, .always)
      try writer.setRoles([.builtIn(.administrator)], of: .account(old.id))
      try writer.setPublicKeys(["ssh-ed25519 AAAA"], of: old.id)
      try writer.insert(token, stored)
      try writer.delete(old.id, .start)
      #expect(try writer.accountCount(AccountQuery(kind: .user)) == 0)
      try writer.insert(again)
    }
    try fixture.read { reader throws in
      #expect(try reader.account(old.id) == nil)
      #expect(try reader.account(.user, named: NameKey(old.name)) == again)
      #expect(try reader.token(token.id) == nil)
      #expect(try reader.storedTokenID(stored.lookup) == nil)
      #expect(try reader.publicKeys(of: old.id).isEmpty)
      #expect(try reader.memberCount(MemberQuery(team: team.id)) == 0)
      #expect(try reader.members(of: team.id, among: [old.id]).isEmpty)
      #expect(try reader.holders(of: .builtIn(.administrator)).total == 0)
      #expect(try reader.roles(of: .account(old.id)).isEmpty)
      for part in [nil, SearchText("op"), SearchText("ops")] {
        let query = AccountQuery(kind: .user, matching: part)
        let rows = try reader.accounts(query, .first, limit: 9, now: .start).rows
        #expect(rows.map(\.account) == [again])
        #expect(try reader.accountCount(query) == 1)
      }
    }
  }

  @Test("an id that isn't there reads nothing and writes nothing", arguments: Engine.all)
  func unknownIsNothing(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let nobody = try Sample.account("nobody", .user)
    let team = try Sample.team("Sales")
    try fixture.write { writer in
      try writer.insert(team)
      try writer.update(nobody, was: nobody)
      try writer.delete(nobody.id, .start)
      try writer.setPublicKeys(["ssh-ed25519 AAAA"], of: nobody.id)
      try writer.putMember(nobody.id, in: team.id, .always)
      try writer.setRoles([.builtIn(.apiReader)], of: .account(nobody.id))
      #expect(try writer.account(nobody.id) == nil)
      #expect(try writer.accountCount(AccountQuery(kind: .user)) == 0)
      #expect(try writer.memberCount(MemberQuery(team: team.id)) == 0)
      #expect(try writer.holders(of: .builtIn(.apiReader)).total == 0)
      #expect(try writer.publicKeys(of: nobody.id).isEmpty)
    }
  }

  @Test("public keys are replaced as a whole, and read sorted", arguments: Engine.all)
  func publicKeys(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let user = try Sample.account("ops", .user)
    try fixture.write { try $0.insert(user) }
    for keys in [["ssh-ed25519 B", "ssh-ed25519 A", "ssh-ed25519 A"], ["ssh-rsa C"], []] {
      try fixture.write { try $0.setPublicKeys(keys, of: user.id) }
      #expect(try fixture.read { try $0.publicKeys(of: user.id) } == Set(keys).sorted())
    }
  }

  @Test("a row tells of teams, of live tokens, of the next expiry and the last use", arguments: Engine.all)
  func rowTells(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let account = try Sample.account("portal")
    let soon = Timestamp.start.adding(days: 1)
    try fixture.write { writer in
      try writer.insert(account)
      for name in ["d", "b", "a", "c", "e"] {
        let team = try Sample.team(name)
        try writer.insert(team)
        try writer.putMember(account.id, in: team.id, .always)
        if name == "a" { try writer.delete(team.id, .start) }
      }
      let tokens = [
        try Sample.token("live", of: account.id, lastUsedAt: .start.adding(seconds: -60)),
        try Sample.token("soon", of: account.id, expiry: .at(soon)),
        try Sample.token("never", of: account.id, expiry: .never),
        try Sample.token("disabled", of: account.id, expiry: .at(.start), isDisabled: true),
        try Sample.token(
          "revoked", of: account.id, expiry: .at(.start), revokedAt: .start, lastUsedAt: .start),
      ]
      for (token, id) in tokens { try writer.insert(token, id) }
    }
    let rows = { (now: Timestamp) in
      try fixture.read { try $0.accounts(AccountQuery(kind: .apiUser), .first, limit: 9, now: now).rows }
    }
    let row = try #require(try rows(.start).first)
    #expect(row.account == account)
    #expect(row.teamNames.map(\.text) == ["b", "c", "d"] && row.teamCount == 4)
    #expect(row.liveTokenCount == 3 && row.nextExpiry == soon && row.lastUsedAt == .start)
    // A token ends at the instant that it names.
    #expect(try rows(soon).first?.liveTokenCount == 2)
    #expect(try rows(soon.adding(seconds: -1)).first?.liveTokenCount == 3)
  }
}
