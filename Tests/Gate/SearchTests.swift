import Access
import Administration
import Foundation
import Gate
import Testing

@Suite struct SearchTests {
  /// The kind of search, the question, what is found.
  private static let questions: [(String, String, [SearchFound.Entity])] = [
    ("subject", #""subject":{"type":"user"},"# + SearchFound.widget, []),
    ("subject", #""subject":{"type":"spaceship"},"# + SearchFound.widget, []),
    (
      "subject",
      #""subject":{"type":"apiUser"},"action":{"name":"view"},"resource":{"type":"x","id":"Sales"}"#, []
    ),
    (
      "subject", #""subject":{"type":"apiUser"},"# + SearchFound.widget,
      [SearchFound.Entity(type: "apiUser", id: "Portal Ünited, Mexico")]
    ),
    (
      "subject",
      #""subject":{"type":"apiUser"},"action":{"name":"view"},"resource":{"type":"widget","id":"sales","properties":{"company":"US, Inc."}}"#,
      []
    ),
    (
      "resource",
      #""subject":{"type":"apiUser","id":"portal ünited, mexico"},"action":{"name":"view"},"resource":{"type":"widget","id":[]}"#,
      [SearchFound.Entity(type: "widget", id: "Open"), SearchFound.Entity(type: "widget", id: "Sales")]
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
      [SearchFound.Entity(name: "view")]
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

  @Test("a search finds what an evaluation allows", arguments: questions.indices)
  func question(index: Int) throws {
    let (kind, body, expected) = Self.questions[index]
    let found = try GateScene().page(kind, body)
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
    let methods = try scene.page("action", subject + #""resource":{"type":"endpoint","id":"Orders"}"#)
    #expect(methods.results.map(\.name) == ["GET", "HEAD"])
    let resource = #""action":{"name":"GET"},"resource":{"type":"#
    let endpoints = try scene.page("resource", subject + resource + #""endpoint"}"#)
    #expect(endpoints.results == [SearchFound.Entity(type: "endpoint", id: "orders")])
    let list = SearchFound.Entity(
      type: "list", id: "Sales Orders", properties: ["connector": "Business Central"])
    #expect(try scene.page("resource", subject + resource + #""list"}"#).results == [list])
    let named = resource + #""list","properties":{"connector":"business central","company":"MX"}}"#
    #expect(try scene.page("resource", subject + named).results == [list])
    let other = resource + #""list","properties":{"connector":"Salesforce"}}"#
    #expect(try scene.page("resource", subject + other).results == [])
    #expect(try scene.page("resource", subject + resource + #""widget"}"#).results == [])
    let read =
      subject
      + #""resource":{"type":"list","id":"Sales Orders","properties":{"connector":"Business Central"}}"#
    #expect(try scene.page("action", read).results.map(\.name) == ["read"])
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
      let (results, _) = try scene.all("resource", body, limit: limit)
      #expect(results.count == 242 && Set(results).count == 242)
      #expect(results.first?.properties?["connector"] == "Alpha")
      #expect(results.last?.properties?["connector"] == "Zeta")
    }
  }

  static let malformed: [(String, String)] = [
    ("subject", "{}"), ("subject", "{\(SearchFound.widget)}"),
    ("subject", #"{"subject":{},\#(SearchFound.widget)}"#),
    ("subject", #"{"subject":{"type":"token"},\#(SearchFound.widget)}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(SearchFound.widget),"page":{"limit":-1}}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(SearchFound.widget),"page":{"limit":1.5}}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(SearchFound.widget),"page":{"token":"nonsense"}}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(SearchFound.widget),"page":{"token":1}}"#),
    ("subject", #"{"subject":{"type":"apiUser"},\#(SearchFound.widget),"context":{"source":"x"}}"#),
    (
      "subject",
      #"{"subject":{"type":"apiUser"},"action":{"name":"get"},"resource":{"type":"endpoint","id":"orders"}}"#
    ),
    ("resource", #"{"subject":{"type":"apiUser"},"action":{"name":"view"},"resource":{"type":"widget"}}"#),
    ("resource", #"{"subject":{"type":"apiUser","id":"x"},"resource":{"type":"widget"}}"#),
    ("action", #"{"subject":{"type":"apiUser","id":"x"},"resource":{"type":"widget"}}"#),
    ("action", #"{"subject":{"type":"apiUser","id":"x"},"resource":{"type":"list","id":"Sales Orders"}}"#),
  ]

  @Test("a body that is no search gets 400", arguments: malformed)
  func refused(kind: String, body: String) throws {
    let answer = try GateScene().evaluate(body, path: "/access/v1/search/" + kind)
    #expect(answer.status == 400, "\(answer.body)")
  }

  @Test("a token goes on with its own search alone, and tells nothing")
  func tokens() throws {
    let scene = try GateScene()
    try scene.fill(count: 20)
    let body = #""subject":{"type":"apiUser"},"# + SearchFound.widget
    let first = try scene.page("subject", body + #","page":{"limit":2}"#)
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
    let nothing = try scene.page("subject", body + #","page":{"limit":0}"#)
    #expect(nothing.results.isEmpty)
    let begun = try scene.page(
      "subject", body + ",\"page\":{\"token\":\"\(nothing.page.next_token)\",\"limit\":2}")
    #expect(begun.results == first.results)
  }

  @Test("a search is no use of a token, and no denial")
  func noUse() throws {
    let scene = try GateScene(limits: TokenLimits(requestsPerMinute: 1))
    let body =
      #""subject":{"type":"token","id":"\#(scene.tokenID.revealed)"},"action":{"name":"view"},"resource":{"type":"widget"}"#
    for _ in 0..<3 { #expect(try scene.page("resource", body).results.count == 2) }
    scene.write()
    #expect(try scene.administration.denialCount() == 0)
    #expect(scene.nginx(scene.withToken).status == 200)
  }
}
