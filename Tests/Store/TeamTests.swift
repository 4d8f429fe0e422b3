import Access
import Store
import TestSupport
import Testing

@Suite struct TeamTests {
  @Test("a team is found, changed, and deleted", arguments: Engine.all)
  func lives(engine: Engine) throws {
    let fixture = try Fixture(engine)
    var team = try Sample.team("Sales MX")
    try fixture.write { writer in
      try writer.insert(team)
      #expect(try writer.team(team.id) == team)
      #expect(try writer.team(named: Sample.key("sales mx")) == team)
      team.name = try Name("Sales US")
      team.summary = try Summary("people who sell")
      try writer.update(team)
      #expect(try writer.team(team.id) == team)
      try writer.delete(team.id, .start)
      try writer.update(team)
      #expect(try writer.team(team.id) == nil)
      #expect(try writer.teamCount(TeamQuery()) == 0)
      try writer.insert(try Sample.team("Sales US"))
    }
  }

  @Test("two living teams can't have one name", arguments: Engine.all)
  func nameIsTaken(engine: Engine) throws {
    let fixture = try Fixture(engine)
    try fixture.write { try $0.insert(try Sample.team("Sales")) }
    #expect(throws: StoreError.self) { try fixture.write { try $0.insert(try Sample.team("SALES")) } }
  }

  @Test("pages of teams are the sorted list", arguments: Engine.all, ["", "a", "am 1", "none"])
  func teamPages(engine: Engine, part: String) throws {
    let fixture = try Fixture(engine)
    let names = (0..<45).map { "Team \($0)" }.shuffled()
    try fixture.write { writer in for name in names { try writer.insert(try Sample.team(name)) } }
    let query = TeamQuery(matching: SearchText(part))
    let expected = names.filter { part.isEmpty || $0.lowercased().contains(part) }.sorted()
    let pager = Pager(limit: 7) { position in try fixture.read { try $0.teams(query, position, limit: 7) } }
    #expect(try pager.forward().map(\.team.name.text) == expected)
    #expect(try pager.backward().map(\.team.name.text) == expected)
    #expect(try fixture.read { try $0.teamCount(query) } == expected.count)
  }

  @Test("pages of members are the sorted list", arguments: Engine.searching, ["", "user", "1", "none"])
  func memberPages(engine: Engine, part: String) throws {
    let fixture = try Fixture(engine)
    let (team, other) = (try Sample.team("Sales"), try Sample.team("Purchase"))
    // Each name twice: as a user and as an API user.
    let accounts = try (0..<40).map { try Sample.account("user \($0 / 2)", $0 % 2 == 0 ? .user : .apiUser) }
    try fixture.write { writer in
      for team in [team, other] { try writer.insert(team) }
      for (number, account) in accounts.enumerated() {
        try writer.insert(account)
        try writer.putMember(account.id, in: number % 5 == 0 ? other.id : team.id, .always)
      }
    }
    let members = accounts.enumerated().filter { $0.offset % 5 != 0 }.map(\.element)
    let expected = members.filter { part.isEmpty || $0.name.text.contains(part) }
      .sorted { ($0.name.text, $0.id) < ($1.name.text, $1.id) }
    let query = MemberQuery(team: team.id, matching: SearchText(part))
    let pager = Pager(limit: 6) { position in
      try fixture.read { try $0.members(query, position, limit: 6) }
    }
    #expect(try pager.forward().map(\.account) == expected)
    #expect(try pager.backward().map(\.account) == expected)
    #expect(try fixture.read { try $0.memberCount(query) } == expected.count)
  }

  @Test("members are counted through every change", arguments: Engine.all)
  func membersAreCounted(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let team = try Sample.team("Sales")
    let (one, two) = (try Sample.account("one"), try Sample.account("two"))
    try fixture.write { writer in
      let count = {
        let row = try writer.teams(TeamQuery(), .first, limit: 1).rows.first
        #expect(try writer.memberCount(MemberQuery(team: team.id)) == row?.memberCount)
        return row?.memberCount
      }
      try writer.insert(team)
      for account in [one, two] { try writer.insert(account) }
      for _ in 0..<2 { try writer.putMember(one.id, in: team.id, .always) }
      #expect(try count() == 1)
      try writer.putMember(two.id, in: team.id, .always)
      #expect(try count() == 2)
      for _ in 0..<2 { try writer.removeMember(one.id, from: team.id) }
      #expect(try count() == 1)
      try writer.delete(two.id, .start)
      #expect(try count() == 0)
    }
  }

  @Test("a renamed member moves in its teams' order", arguments: Engine.all)
  func renamedMemberMoves(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let team = try Sample.team("Sales")
    var accounts = try ["a", "b", "c"].map { try Sample.account($0) }
    try fixture.write { writer in
      try writer.insert(team)
      for account in accounts {
        try writer.insert(account)
        try writer.putMember(account.id, in: team.id, .always)
      }
      accounts[0].name = try Name("zé")
      try writer.update(accounts[0])
      let names = try writer.members(MemberQuery(team: team.id), .first, limit: 9).rows.map(
        \.account.name.text)
      #expect(names == ["b", "c", "zé"])
      let found = MemberQuery(team: team.id, matching: SearchText("ze"))
      #expect(try writer.memberCount(found) == 1)
      #expect(try writer.teams(of: accounts[0].id) == [Bounded(team)])
    }
  }
}
