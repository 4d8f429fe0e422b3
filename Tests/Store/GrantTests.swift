import Access
import Store
import TestSupport
import Testing

@Suite struct GrantTests {
  /// A store with a catalogue, an API user and a team.
  struct Scene {
    let fixture: Fixture
    let catalogue: SampleCatalogue
    let subjects: [SubjectID]

    init(_ engine: Engine) throws {
      fixture = try Fixture(engine)
      let (catalogue, account, team) = (
        try SampleCatalogue(), try Sample.account("portal"), try Sample.team("Sales")
      )
      try fixture.write { writer in
        try catalogue.insert(into: writer)
        try writer.insert(account)
        try writer.insert(team)
      }
      self.catalogue = catalogue
      subjects = [.account(account.id), .team(team.id)]
    }

    func grant(_ permissions: Permissions, to subject: SubjectID) -> Grant {
      Grant(id: .random(), subject: subject, connector: catalogue.connector.id, permissions: permissions)
    }

    func stored(of subject: SubjectID) throws -> Permissions? {
      try fixture.read { try $0.grant(of: subject, on: catalogue.connector.id) }?.permissions
    }
  }

  @Test("a grant is read as it was put, for an account and for a team", arguments: Engine.all)
  func isRead(engine: Engine) throws {
    let scene = try Scene(engine)
    var all = Permissions(companies: .all, lists: .all)
    for kind in ItemKind.allCases { all[kind] = .all }
    for subject in scene.subjects {
      for permissions in [scene.catalogue.everything, all, Permissions(roles: [.administrator]), .none] {
        let grant = scene.grant(permissions, to: subject)
        try scene.fixture.write { try $0.put(grant) }
        #expect(try scene.fixture.read { try $0.grants(of: subject) } == [grant])
      }
      let grant = try #require(try scene.fixture.read { try $0.grants(of: subject) }.first)
      try scene.fixture.write { try $0.delete(grant.id) }
      #expect(try scene.fixture.read { try $0.grants(of: subject) }.isEmpty)
    }
  }

  @Test(
    "grants come in the order of their connectors' names, without those on deleted ones",
    arguments: Engine.all)
  func order(engine: Engine) throws {
    let scene = try Scene(engine)
    let subject = scene.subjects[0]
    try scene.fixture.write { writer in
      try writer.put(scene.grant(scene.catalogue.everything, to: subject))
      for name in ["Salesforce", "Acumatica"] {
        let connector = Connector(id: .random(), name: try Name(name))
        try writer.insert(connector)
        try writer.put(Grant(id: .random(), subject: subject, connector: connector.id, permissions: .none))
      }
      let names = {
        try writer.grants(of: subject).map { try writer.connector($0.connector)?.name.text }
      }
      #expect(try names() == ["Acumatica", "Business Central", "Salesforce"])
      try writer.delete(scene.catalogue.connector.id, .start)
      #expect(try names() == ["Acumatica", "Salesforce"])
      #expect(try writer.grant(of: subject, on: scene.catalogue.connector.id) == nil)
    }
  }

  @Test(
    "parts that left the catalogue are left out, and count again when they are back", arguments: Engine.all)
  func danglingComesBack(engine: Engine) throws {
    let scene = try Scene(engine)
    let (catalogue, subject) = (scene.catalogue, scene.subjects[1])
    try scene.fixture.write { writer in
      try writer.put(scene.grant(catalogue.everything, to: subject))
      try writer.delete(catalogue.companies[0].id, .start)
      try writer.delete(catalogue.lists[0].id, .start)
    }
    let left = Permissions(
      roles: [.user, .reader], companies: .only([catalogue.companies[1].id]),
      lists: .only([catalogue.lists[1].id]))
    #expect(try scene.stored(of: subject) == left)
    // Somebody edits it meanwhile.
    var edited = left
    edited.roles = [.administrator]
    edited.companies = .none
    try scene.fixture.write { try $0.put(scene.grant(edited, to: subject)) }
    #expect(try scene.stored(of: subject) == edited)
    try scene.fixture.write { writer in
      try writer.insert(catalogue.companies[0])
      try writer.insert(catalogue.lists[0])
      for item in catalogue.items { try writer.insert(item) }
    }
    var expected = catalogue.everything
    expected.roles = [.administrator]
    expected.companies = .only([catalogue.companies[0].id])
    #expect(try scene.stored(of: subject) == expected)
  }

  @Test("an item that left the catalogue goes with its list when that is taken out", arguments: Engine.all)
  func danglingItemGoesWithItsList(engine: Engine) throws {
    let scene = try Scene(engine)
    let (catalogue, subject) = (scene.catalogue, scene.subjects[0])
    var without = catalogue.everything
    without.lists = .only([catalogue.lists[1].id])
    var with = without
    with.lists = catalogue.everything.lists
    try scene.fixture.write { writer in
      try writer.put(scene.grant(catalogue.everything, to: subject))
      try writer.delete(catalogue.items[0].id, .start)
      try writer.put(scene.grant(without, to: subject))
      try writer.put(scene.grant(with, to: subject))
      try writer.insert(catalogue.items[0])
    }
    #expect(try scene.stored(of: subject) == with)
  }

  @Test("a team's row counts its grants on living connectors", arguments: Engine.all)
  func teamRowCounts(engine: Engine) throws {
    let scene = try Scene(engine)
    try scene.fixture.write { writer in
      let count = { try writer.teams(TeamQuery(), .first, limit: 1).rows.first?.grantCount }
      #expect(try count() == 0)
      for subject in scene.subjects { try writer.put(scene.grant(.none, to: subject)) }
      #expect(try count() == 1)
      try writer.delete(scene.catalogue.connector.id, .start)
      #expect(try count() == 0)
    }
  }

  @Test("a grant to nobody, or on nothing, is not made", arguments: Engine.all)
  func needsBoth(engine: Engine) throws {
    let scene = try Scene(engine)
    let nowhere = Grant(id: .random(), subject: scene.subjects[0], connector: .random(), permissions: .none)
    try scene.fixture.write { writer in
      try writer.put(scene.grant(.none, to: .account(.random())))
      try writer.put(nowhere)
      #expect(try writer.grants(of: scene.subjects[0]).isEmpty)
    }
  }
}
