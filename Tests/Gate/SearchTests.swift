import Access
import Administration
import Foundation
import Gate
import NIOHTTP1
import Store
import Testing

@Suite struct SearchTests {
  private struct Found: Decodable {
    struct Page: Decodable {
      let next_token: String
      let count: Int
    }

    struct Entity: Decodable, Hashable {
      var type: String?
      var id: String?
      var name: String?
      var properties: [String: String]?
    }

    let page: Page
    let results: [Entity]
  }

  private static func found(_ answer: Answer) throws -> Found {
    #expect(answer.status == 200, "\(answer.body)")
    #expect(answer.body.hasPrefix(#"{"page":"#))
    return try JSONDecoder().decode(Found.self, from: Data(answer.body.utf8))
  }

  private static func page(_ scene: GateScene, _ kind: String, _ body: String) throws -> Found {
    try found(scene.evaluate("{\(body)}", path: "/access/v1/search/" + kind))
  }

  /// All pages of a search, and how many there were.
  private static func all(
    _ scene: GateScene, _ kind: String, _ body: String, limit: Int? = nil
  ) throws -> (results: [Found.Entity], pages: Int) {
    var (results, pages, token) = ([Found.Entity](), 0, "")
    repeat {
      let limited = limit.map { ",\"limit\":\($0)" } ?? ""
      let found = try page(scene, kind, body + ",\"page\":{\"token\":\"\(token)\"\(limited)}")
      #expect(found.page.count == found.results.count)
      #expect(found.results.count <= min(limit ?? 100, 100))
      results += found.results
      token = found.page.next_token
      pages += 1
    } while !token.isEmpty && pages < 1_000
    return (results, pages)
  }

  /// API users of whom each third may see the widget, every fifth of these through a team, and one who is disabled.
  private static func fill(_ scene: GateScene, count: Int) throws {
    try scene.administration.change { change in
      let connector = try #require(try change.reader.connectors().first)
      let list = try #require(
        try change.reader.lists(of: connector.id).first { $0.name.text == "Sales Orders" })
      let given = Permissions(roles: [.user], companies: .all, lists: .only([list.id]))
      let team = try change.addTeam(name: Name("Sales"))
      try change.setGrant(of: .team(team.id), on: connector.id, given)
      try change.saveRoles(of: .team(team.id), Edit(was: [], becomes: [.builtIn(.widgetReader)]))
      for number in 0..<count {
        let account = try change.addAccount(.apiUser, name: Name("Partner \(number)"))
        guard number.isMultiple(of: 3) else { continue }
        if number.isMultiple(of: 5) {
          try change.saveMembers(of: team.id, adding: [account.id], removing: [])
        } else {
          let subject = SubjectID.account(account.id)
          try change.setGrant(of: subject, on: connector.id, given)
          try change.saveRoles(of: subject, Edit(was: [], becomes: [.builtIn(.widgetReader)]))
        }
        if number == 3 { try change.setEnabled(false, account.id) }
      }
      _ = try change.addAccount(.user, name: Name("Ada"))
    }
  }

  private static let widget = #""action":{"name":"view"},"resource":{"type":"widget","id":"Sales"}"#

  @Test("those are found whose evaluation is allowed, and nobody else, once each", arguments: [nil, 7, 100])
  func subjects(limit: Int?) throws {
    let scene = try GateScene()
    try Self.fill(scene, count: 330)
    let (results, pages) = try Self.all(
      scene, "subject", #""subject":{"type":"apiUser","id":7},"# + Self.widget, limit: limit)
    var expected: Set<String> = ["Portal Ünited, Mexico"]
    for number in stride(from: 0, to: 330, by: 3) where number != 3 { expected.insert("Partner \(number)") }
    #expect(results.count == expected.count)
    #expect(Set(results.compactMap(\.id)) == expected)
    #expect(pages > 1)
    for entity in results.prefix(5) {
      let body = #"{"subject":{"type":"apiUser","id":"\#(entity.id ?? "")"},\#(Self.widget)}"#
      #expect(scene.evaluate(body).body.contains(#""decision":true"#))
    }
  }

  @Test("those are found whom the viewers of a list are, teams by their members")
  func viewers() throws {
    let scene = try GateScene()
    try Self.fill(scene, count: 60)
    let expected = try scene.administration.read { reader in
      let source = AccessSource(reader)
      let viewed = try #require(try source.lists(named: Name("Sales Orders"), on: nil).first)
      var names: Set<String> = []
      for viewer in try source.viewers(of: viewed.list.id, on: viewed.connector.id, .first, limit: 1_000).rows
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
    let (results, _) = try Self.all(scene, "subject", body)
    #expect(Set(results.compactMap(\.id)) == expected && expected.count == 20)
  }

  @Test("a request goes through so many candidates at most, also where none is found")
  func bounded() throws {
    let scene = try GateScene()
    try Self.fill(scene, count: 900)
    let nobody =
      #""subject":{"type":"apiUser"},"action":{"name":"GET"},"resource":{"type":"endpoint","id":"orders"}"#
    let (results, pages) = try Self.all(scene, "subject", nobody)
    #expect(results.isEmpty)
    // A team, its 60 members, and 241 with grants of their own.
    #expect(pages == 2)
  }

  @Test("who is given something in several ways is found once, and by the role Administrator too")
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
        let body = #"{"subject":{"type":"\#(kind)","id":"\#(name)"},\#(Self.widget)}"#
        return scene.evaluate(body).body.contains(#""decision":true"#)
      }
      for limit in [1, 5, nil] {
        let (results, _) = try Self.all(
          scene, "subject", #""subject":{"type":"\#(kind)"},"# + Self.widget, limit: limit)
        let found = results.compactMap(\.id).filter { $0.hasPrefix("Somebody") }
        #expect(found.count == Set(found).count)
        #expect(found.sorted() == allowed.sorted() && !allowed.isEmpty, "\(kind)")
      }
    }
  }

  /// The kind of search, the question, what is found.
  private static let questions: [(String, String, [Found.Entity])] = [
    ("subject", #""subject":{"type":"user"},"# + widget, []),
    ("subject", #""subject":{"type":"spaceship"},"# + widget, []),
    (
      "subject",
      #""subject":{"type":"apiUser"},"action":{"name":"view"},"resource":{"type":"x","id":"Sales"}"#, []
    ),
    (
      "subject", #""subject":{"type":"apiUser"},"# + widget,
      [Found.Entity(type: "apiUser", id: "Portal Ünited, Mexico")]
    ),
    (
      "subject",
      #""subject":{"type":"apiUser"},"action":{"name":"view"},"resource":{"type":"widget","id":"sales","properties":{"company":"US, Inc."}}"#,
      []
    ),
    (
      "resource",
      #""subject":{"type":"apiUser","id":"portal ünited, mexico"},"action":{"name":"view"},"resource":{"type":"widget","id":[]}"#,
      [Found.Entity(type: "widget", id: "Open"), Found.Entity(type: "widget", id: "Sales")]
    ),
    (
      "resource",
      #""subject":{"type":"apiUser","id":"portal ünited, mexico"},"action":{"name":"GET"},"resource":{"type":"endpoint"}"#,
      []
    ),
    (
      "resource",
      #""subject":{"type":"apiUser","id":"portal ünited, mexico"},"action":{"name":"read"},"resource":{"type":"list"}"#,
      []
    ),
    (
      "resource",
      #""subject":{"type":"apiUser","id":"nobody"},"action":{"name":"view"},"resource":{"type":"widget"}"#, []
    ),
    (
      "resource",
      #""subject":{"type":"x","id":"nobody"},"action":{"name":"view"},"resource":{"type":"widget"}"#, []
    ),
    (
      "resource",
      #""subject":{"type":"token","id":"nonsense"},"action":{"name":"view"},"resource":{"type":"widget"}"#, []
    ),
    (
      "resource", #""subject":{"type":"user","id":"Ada"},"action":{"name":"view"},"resource":{"type":"x"}"#,
      []
    ),
    (
      "action",
      #""subject":{"type":"apiUser","id":"portal ünited, mexico"},"resource":{"type":"widget","id":"SALES"}"#,
      [Found.Entity(name: "view")]
    ),
    (
      "action",
      #""subject":{"type":"apiUser","id":"portal ünited, mexico"},"resource":{"type":"endpoint","id":"orders"}"#,
      []
    ),
    ("action", #""subject":{"type":"apiUser","id":"nobody"},"resource":{"type":"widget","id":"Sales"}"#, []),
    (
      "action",
      #""subject":{"type":"apiUser","id":"portal ünited, mexico"},"resource":{"type":"x","id":"Sales"}"#, []
    ),
  ]

  @Test("what is found is what an evaluation allows", arguments: questions.indices)
  func question(index: Int) throws {
    let (kind, body, expected) = Self.questions[index]
    let found = try Self.page(GateScene(), kind, body)
    #expect(found.results == expected)
    #expect(found.page.next_token == "")
  }

  @Test("a role for the API opens endpoints with their methods, and lists with their connector")
  func api() throws {
    let scene = try GateScene()
    try scene.administration.change { change in
      try change.saveRoles(
        of: .account(scene.account), Edit(was: [.builtIn(.widgetReader)], becomes: [.builtIn(.apiReader)]))
    }
    let subject = #""subject":{"type":"token","id":"\#(scene.tokenID.revealed)"},"#
    let methods = try Self.page(scene, "action", subject + #""resource":{"type":"endpoint","id":"Orders"}"#)
    #expect(methods.results.map(\.name) == ["GET", "HEAD"])
    let resource = #""action":{"name":"GET"},"resource":{"type":"#
    let endpoints = try Self.page(scene, "resource", subject + resource + #""endpoint"}"#)
    #expect(endpoints.results == [Found.Entity(type: "endpoint", id: "orders")])
    let list = Found.Entity(type: "list", id: "Sales Orders", properties: ["connector": "Business Central"])
    #expect(try Self.page(scene, "resource", subject + resource + #""list"}"#).results == [list])
    let named = resource + #""list","properties":{"connector":"business central","company":"MX"}}"#
    #expect(try Self.page(scene, "resource", subject + named).results == [list])
    let other = resource + #""list","properties":{"connector":"Salesforce"}}"#
    #expect(try Self.page(scene, "resource", subject + other).results == [])
    #expect(try Self.page(scene, "resource", subject + resource + #""widget"}"#).results == [])
    let read =
      subject
      + #""resource":{"type":"list","id":"Sales Orders","properties":{"connector":"Business Central"}}"#
    #expect(try Self.page(scene, "action", read).results.map(\.name) == ["read"])
  }

  @Test("lists of several connectors are found in order, page by page")
  func lists() throws {
    let scene = try GateScene()
    try scene.administration.change { change in
      try change.saveRoles(
        of: .account(scene.account), Edit(was: [.builtIn(.widgetReader)], becomes: [.builtIn(.administrator)])
      )
      for connector in ["Alpha", "Zeta"] {
        let id = try change.addConnector(Name(connector))
        for number in 0..<120 { _ = try change.addList(Name("List \(number)"), group: nil, to: id) }
      }
    }
    let body =
      #""subject":{"type":"apiUser","id":"portal ünited, mexico"},"action":{"name":"read"},"resource":{"type":"list"}"#
    for limit in [nil, 1, 50, 100] {
      let (results, _) = try Self.all(scene, "resource", body, limit: limit)
      #expect(results.count == 242 && Set(results).count == 242)
      #expect(results.first?.properties?["connector"] == "Alpha")
      #expect(results.last?.properties?["connector"] == "Zeta")
    }
  }

  static let malformed: [(String, String)] = [
    ("subject", "{}"), ("subject", "{\(widget)}"), ("subject", #"{"subject":{},\#(widget)}"#),
    ("subject", #"{"subject":{"type":"token"},\#(widget)}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(widget),"page":{"limit":-1}}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(widget),"page":{"limit":1.5}}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(widget),"page":{"token":"nonsense"}}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(widget),"page":{"token":1}}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(widget),"context":{"source":"x"}}"#),
    (
      "subject",
      #"{"subject":{"type":"apiUser"},"action":{"name":"get"},"resource":{"type":"endpoint","id":"orders"}}"#
    ),
    ("resource", #"{"subject":{"type":"apiUser"},"action":{"name":"view"},"resource":{"type":"widget"}}"#),
    ("resource", #"{"subject":{"type":"apiUser","id":"x"},"resource":{"type":"widget"}}"#),
    ("action", #"{"subject":{"type":"apiUser","id":"x"},"resource":{"type":"widget"}}"#),
    ("action", #"{"subject":{"type":"apiUser","id":"x"},"resource":{"type":"list","id":"Sales Orders"}}"#),
  ]

  @Test("what is no search is 400", arguments: malformed)
  func refused(kind: String, body: String) throws {
    let answer = try GateScene().evaluate(body, path: "/access/v1/search/" + kind)
    #expect(answer.status == 400, "\(answer.body)")
  }

  @Test("a token goes on with its own search alone, and tells nothing")
  func tokens() throws {
    let scene = try GateScene()
    try Self.fill(scene, count: 20)
    let body = #""subject":{"type":"apiUser"},"# + Self.widget
    let first = try Self.page(scene, "subject", body + #","page":{"limit":2}"#)
    let token = first.page.next_token
    #expect(first.results.count == 2 && !token.isEmpty)
    let decoded = String(decoding: try #require(Data(base64Encoded: token)), as: UTF8.self)
    #expect(!decoded.lowercased().contains("p") || !decoded.lowercased().contains("partner"))
    func status(_ body: String, _ token: String, kind: String = "subject") -> Int {
      scene.evaluate("{\(body),\"page\":{\"token\":\"\(token)\"}}", path: "/access/v1/search/" + kind).status
    }
    #expect(status(body, token) == 200)
    #expect(status(body.replacing("view", with: "edit"), token) == 400)
    #expect(status(body.replacing("apiUser", with: "user"), token) == 400)
    #expect(status(body.replacing("Sales", with: "Open"), token) == 400)
    #expect(status(body + #","context":{"source":"10.0.0.1"}"#, token) == 400)
    let flipped = token.dropFirst(1) + token.prefix(1)
    #expect(status(body, String(flipped)) == 400)
    // Of another gate, or from before it was begun anew.
    let other = try GateScene()
    #expect(
      other.evaluate("{\(body),\"page\":{\"token\":\"\(token)\"}}", path: "/access/v1/search/subject").status
        == 400)
    // Nothing is looked at where nothing is asked for, and there may be more.
    let nothing = try Self.page(scene, "subject", body + #","page":{"limit":0}"#)
    #expect(nothing.results.isEmpty)
    let begun = try Self.page(
      scene, "subject", body + ",\"page\":{\"token\":\"\(nothing.page.next_token)\",\"limit\":2}")
    #expect(begun.results == first.results)
  }

  @Test("a search is no use of a token, and no denial")
  func noUse() throws {
    let scene = try GateScene(limits: TokenLimits(requestsPerMinute: 1))
    let body =
      #""subject":{"type":"token","id":"\#(scene.tokenID.revealed)"},"action":{"name":"view"},"resource":{"type":"widget"}"#
    for _ in 0..<3 { #expect(try Self.page(scene, "resource", body).results.count == 2) }
    scene.write()
    #expect(try scene.administration.denialCount() == 0)
    #expect(scene.nginx(scene.withToken).status == 200)
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
