import Access
import Store
import TestSupport
import Testing

@Suite struct AccessReadingTests {
  @Test("holdings are what the other functions read one by one", arguments: Engine.all)
  func holdings(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let (catalogue, account) = (try SampleCatalogue(), try Sample.account("portal"))
    let (subject, role) = (SubjectID.account(account.id), try Sample.role("Viewer"))
    let teams = try ["Zulu", "alfa", "Ärger", "gone"].map { try Sample.team($0) }
    try fixture.write { writer in
      try catalogue.insert(into: writer)
      try writer.insert(account)
      try writer.insert(role)
      for team in teams {
        try writer.insert(team)
        try writer.putMember(account.id, in: team.id, .always)
      }
      try writer.delete(teams[3].id, .start)
      try writer.setRoles([.builtIn(.widgetReader), .custom(role.id)], of: subject)
    }
    var all = Permissions(roles: [.user], companies: .all, lists: .all)
    for kind in ItemKind.allCases { all[kind] = .all }
    let connector = catalogue.connector.id
    for permissions in [catalogue.everything, all, Permissions(roles: [.administrator]), .none] {
      try fixture.write {
        try $0.put(
          Grant(id: .random(), subject: subject, connector: connector, permissions: permissions))
      }
      try fixture.read { reader in
        let holdings = try reader.holdings(of: account, on: connector)
        #expect(try holdings.grant == reader.grant(of: subject, on: connector))
        #expect(holdings.grant?.permissions == permissions)
        #expect(try holdings.roles == reader.roles(of: subject))
        #expect(try holdings.teams.map(\.id) == reader.teams(of: account.id).map(\.value.id))
        #expect(holdings.teams.count == 3)
        #expect(try reader.holdings(of: account, on: nil).grant == nil)
        #expect(try reader.holdings(of: account, on: .random()).grant == nil)
      }
    }
    // What left the catalogue gives nothing.
    try fixture.write { writer in
      try writer.put(
        Grant(id: .random(), subject: subject, connector: connector, permissions: catalogue.everything))
      try writer.delete(catalogue.lists[0].id, .start)
      try writer.delete(catalogue.companies[0].id, .start)
    }
    try fixture.read { reader in
      let holdings = try reader.holdings(of: account, on: connector)
      #expect(holdings.grant?.permissions.lists == .only([catalogue.lists[1].id]))
      #expect(try holdings.grant == reader.grant(of: subject, on: connector))
    }
    try fixture.write { try $0.delete(connector, .start) }
    #expect(try fixture.read { try $0.holdings(of: account, on: connector) }.grant == nil)
  }

  @Test(
    "a token is found by its Token ID's hash, revoked ones too, and none of a deleted account",
    arguments: Engine.all)
  func tokens(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let account = try Sample.account("portal")
    let (live, id) = try Sample.token("live", of: account.id)
    let (revoked, revokedID) = try Sample.token("revoked", of: account.id, revokedAt: .start)
    try fixture.write { writer in
      try writer.insert(account)
      try writer.insert(live, id)
      try writer.insert(revoked, revokedID)
    }
    #expect(try fixture.read { try $0.token(lookup: id.lookup)?.token } == live)
    #expect(try fixture.read { try $0.token(lookup: revokedID.lookup)?.token } == revoked)
    let unknown = try Sample.token("x", of: account.id).id.lookup
    #expect(try fixture.read { try $0.token(lookup: unknown) } == nil)
    try fixture.write { try $0.delete(account.id, .start) }
    #expect(try fixture.read { try $0.token(lookup: id.lookup) } == nil)
  }

  @Test("holders of grants come in windows: teams, API users, users, each by name", arguments: Engine.all)
  func holders(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let catalogue = try SampleCatalogue()
    let connector = catalogue.connector.id
    try fixture.write { writer in
      try catalogue.insert(into: writer)
      for name in ["t2", "T1"] {
        let team = try Sample.team(name)
        try writer.insert(team)
        try writer.put(
          Grant(
            id: .random(), subject: .team(team.id), connector: connector, permissions: catalogue.everything))
      }
      for (name, kind) in [("u1", AccountKind.user), ("b", .apiUser), ("a", .apiUser), ("gone", .apiUser)] {
        let account = try Sample.account(name, kind)
        try writer.insert(account)
        try writer.put(
          Grant(
            id: .random(), subject: .account(account.id), connector: connector,
            permissions: Permissions(roles: [.user], lists: .only([catalogue.lists[1].id]))))
        if name == "gone" { try writer.delete(account.id, .start) }
      }
    }
    func names(_ list: ListID?, limit: Int) throws -> [String] {
      var (names, position) = ([String](), PagePosition<GrantHolderCursor>.first)
      while true {
        let page = try fixture.read {
          try $0.grantHolders(on: connector, naming: list, position, limit: limit)
        }
        names += page.rows.map(\.name.text)
        guard page.hasAfter, let last = page.rows.last else { return names }
        position = .after(last.cursor)
      }
    }
    for limit in [1, 2, 100] {
      #expect(try names(nil, limit: limit) == ["T1", "t2", "a", "b", "u1"])
      #expect(try names(catalogue.lists[0].id, limit: limit) == ["T1", "t2"])
    }
    let last = try fixture.read { try $0.grantHolders(on: connector, naming: nil, .last, limit: 2) }
    #expect(last.rows.map(\.name.text) == ["b", "u1"])
    #expect(last.hasBefore)
    // A new name is a new place.
    try fixture.write { writer in
      var account = try #require(try writer.account(.apiUser, named: Sample.key("a")))
      account.name = try Name("z")
      try writer.update(account)
    }
    #expect(try names(nil, limit: 100) == ["T1", "t2", "b", "z", "u1"])
  }
}
