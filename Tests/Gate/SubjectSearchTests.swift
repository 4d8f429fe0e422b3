import Access
import Administration
import Gate
import Store
import Testing

@Suite struct SubjectSearchTests {
  @Test(
    "a search finds those whose evaluation is allowed, once each, and nobody else", arguments: [nil, 7, 100])
  func subjects(limit: Int?) throws {
    let scene = try GateScene()
    try scene.fill(count: 330)
    let (results, pages) = try scene.all(
      "subject", #""subject":{"type":"apiUser","id":7},"# + SearchFound.widget, limit: limit)
    var expected: Set<String> = ["Portal Ünited, Mexico"]
    for number in stride(from: 0, to: 330, by: 3) where number != 3 { expected.insert("Partner \(number)") }
    #expect(results.count == expected.count)
    #expect(Set(results.compactMap(\.id)) == expected)
    #expect(pages > 1)
    for entity in results.prefix(5) {
      let body = #"{"subject":{"type":"apiUser","id":"\#(entity.id ?? "")"},\#(SearchFound.widget)}"#
      #expect(scene.evaluate(body).body.contains(#""decision":true"#))
    }
  }

  @Test("a search finds the viewers of a list, and teams by their members")
  func viewers() throws {
    let scene = try GateScene()
    try scene.fill(count: 60)
    let expected = try scene.administration.read { reader in
      let source = AccessSource(reader)
      let viewed = try #require(try source.lists(named: Name("Sales Orders"), on: nil).first)
      var names: Set<String> = []
      for viewer in try source.viewers(
        of: viewed.list.id, on: viewed.catalogue.id, .first, limit: 1_000, at: scene.administration.now
      ).rows
      where viewer.fails == nil && viewer.isReachable {
        guard case .team(let team) = viewer.holder.grant.subject else {
          names.insert(viewer.holder.name.text)
          continue
        }
        let members = try reader.members(MemberQuery(team: team), .first, limit: 1_000).rows
        names.formUnion(members.filter(\.account.isEnabled).map(\.account.name.text))
      }
      return names
    }
    let body =
      #""subject":{"type":"apiUser"},"action":{"name":"view"},"resource":{"type":"widget","id":"Sales","properties":{"list":"Sales Orders"}}"#
    let (results, _) = try scene.all("subject", body)
    #expect(Set(results.compactMap(\.id)) == expected && expected.count == 20)
  }

  @Test("a request looks at a limited number of candidates, even where none is found")
  func bounded() throws {
    let scene = try GateScene()
    try scene.fill(count: 900)
    let nobody =
      #""subject":{"type":"apiUser"},"action":{"name":"GET"},"resource":{"type":"endpoint","id":"orders"}"#
    let (results, pages) = try scene.all("subject", nobody)
    #expect(results.isEmpty)
    // A team, its 60 members, and 241 with grants of their own.
    #expect(pages == 2)
  }

  @Test("a user who is given something in several ways is found once, even through the role Administrator")
  func ways() throws {
    let scene = try GateScene()
    try scene.administration.change { change in
      let connector = try #require(try change.reader.connectors().first)
      let list = try #require(
        try change.reader.lists(of: connector.id).first { $0.name.text == "Sales Orders" })
      let covering = Permissions(roles: [.user], companies: .all, lists: .only([list.id]))
      let other = Permissions(roles: [.reader], companies: .all, lists: .all)
      let teams = try (0..<4).map { try change.addTeam(name: Name("Team \($0)")) }
      for (index, team) in teams.enumerated() {
        let permissions = [covering, other, covering][safe: index]
        if let permissions { try change.setGrant(of: .team(team.id), on: connector.id, permissions) }
        try change.saveRoles(
          of: .team(team.id),
          Edit(was: [], becomes: [.builtIn(index == 3 ? .administrator : .widgetReader)]))
      }
      for mask in 0..<64 {
        let account = try change.addAccount(
          mask.isMultiple(of: 9) ? .user : .apiUser, name: Name("Somebody \(mask)"))
        for (index, team) in teams.enumerated() where mask >> index & 1 == 1 {
          try change.saveMembers(of: team.id, adding: [account.id], removing: [])
        }
        if mask >> 4 & 1 == 1 { try change.setGrant(of: .account(account.id), on: connector.id, covering) }
        if mask >> 5 & 1 == 1 {
          try change.saveRoles(
            of: .account(account.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
        }
      }
    }
    for kind in ["apiUser", "user"] {
      let names = (0..<64).filter { $0.isMultiple(of: 9) == (kind == "user") }.map { "Somebody \($0)" }
      let allowed = names.filter { name in
        let body = #"{"subject":{"type":"\#(kind)","id":"\#(name)"},\#(SearchFound.widget)}"#
        return scene.evaluate(body).body.contains(#""decision":true"#)
      }
      for limit in [1, 5, nil] {
        let (results, _) = try scene.all(
          "subject", #""subject":{"type":"\#(kind)"},"# + SearchFound.widget, limit: limit)
        let found = results.compactMap(\.id).filter { $0.hasPrefix("Somebody") }
        #expect(found.count == Set(found).count)
        #expect(found.sorted() == allowed.sorted() && !allowed.isEmpty, "\(kind)")
      }
    }
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
