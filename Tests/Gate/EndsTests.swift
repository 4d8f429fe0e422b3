import Access
import Administration
import Foundation
import Gate
import Sealing
import Store
import Testing

/// Access that ends without a write, through a gate on a real store, with a clock that tests turn.
@Suite("At its end access is gone, in whatever is kept")
struct EndsTests {
  private static let end: Int64 = 100

  private static func until(_ seconds: Int64 = end) -> Bounds {
    Bounds(until: .start.adding(seconds: seconds))
  }

  /// What is made to end, the step that denies from then on, and the status.
  static let endings: [(String, @Sendable (Change, GateScene) throws -> Void, String, Int)] = [
    (
      "the role",
      { change, scene in
        let subject = SubjectID.account(scene.account)
        let was = try change.reader.roles(of: subject)
        let becomes = BoundedSet(bounded: was.elements.map { Bounded($0, until()) })
        try change.saveRoles(of: subject, bounded: Edit(was: was, becomes: becomes))
      }, "surface", 403
    ),
    (
      "the grant",
      { change, scene in
        let subject = SubjectID.account(scene.account)
        for grant in try change.reader.grants(of: subject) {
          var permissions = grant.permissions
          permissions.bounds = until()
          try change.setGrant(of: subject, on: grant.connector, permissions)
        }
      }, "grant", 403
    ),
    (
      "the membership",
      { change, scene in try moveToTeam(change, scene, until()) }, "surface", 403
    ),
    (
      "the token",
      { change, scene in
        try change.setValidity(from: nil, .at(.start.adding(seconds: end)), of: scene.token)
      }, "token", 401
    ),
  ]

  /// Takes what the account has itself, and gives it by a team.
  private static func moveToTeam(_ change: Change, _ scene: GateScene, _ bounds: Bounds) throws {
    let subject = SubjectID.account(scene.account)
    let team = try change.addTeam(name: Name("Contractors"))
    let roles = try change.reader.roles(of: subject)
    try change.saveRoles(of: .team(team.id), bounded: Edit(was: [], becomes: roles))
    try change.saveRoles(of: subject, bounded: Edit(was: roles, becomes: []))
    for grant in try change.reader.grants(of: subject) {
      try change.setGrant(of: .team(team.id), on: grant.connector, grant.permissions)
      try change.setGrant(of: subject, on: grant.connector, .none)
    }
    try change.saveMembers(of: team.id, bounded: BoundedSet(scene.account, bounds), removing: [])
  }

  @Test("a second before it is allowed, at the end denied, without a write between", arguments: endings)
  func isGone(
    what: String, make: @Sendable (Change, GateScene) throws -> Void, reason: String, status: Int
  ) throws {
    let scene = try GateScene()
    try scene.administration.change { try make($0, scene) }
    let generation = try scene.administration.read { try $0.generation() }
    let told = "\(Timestamp.start.adding(seconds: Self.end))"
    for worker in [scene.worker, scene.otherWorker] {
      let answer = scene.nginx(scene.withToken, worker: worker)
      #expect(answer.status == 200)
      #expect(answer.header("X-Popsec-Until") == told)
    }
    scene.clock.advance(Self.end - 1)
    for worker in [scene.worker, scene.otherWorker] {
      #expect(scene.nginx(scene.withToken, worker: worker).status == 200)
    }
    scene.clock.advance(1)
    for worker in [scene.worker, scene.otherWorker] {
      let answer = scene.nginx(scene.withToken, worker: worker)
      #expect(answer.status == status)
      #expect(answer.header("X-Popsec-Reason") == reason)
      #expect(answer.header("X-Popsec-Until") == "")
      #expect(answer.header("X-Popsec-Access") == "")
    }
    #expect(try scene.administration.read { try $0.generation() } == generation)
  }

  @Test("of two things that give, the headers follow when one begins and the other ends")
  func headersFollow() throws {
    let scene = try GateScene()
    try scene.administration.change { change in
      let team = try change.addTeam(name: Name("Year end"))
      let subject = SubjectID.account(scene.account)
      guard let own = try change.reader.grants(of: subject).first else { return }
      let invoices = try change.reader.lists(of: own.connector).filter { $0.name.text == "Sales Invoices" }
      try change.setGrant(
        of: .team(team.id), on: own.connector,
        Permissions(
          roles: [.user], companies: own.permissions.companies, lists: .only(Set(invoices.map(\.id)))))
      let bounds = try Bounds(from: .start.adding(seconds: 10), until: .start.adding(seconds: 20))
      try change.saveMembers(of: team.id, bounded: BoundedSet(scene.account, bounds), removing: [])
    }
    let cases: [(seconds: Int64, groups: String, lists: String, until: Int64?)] = [
      (0, "", "Sales%20Orders", 10), (9, "", "Sales%20Orders", 10),
      (10, "Year%20end", "Sales%20Invoices,Sales%20Orders", 20),
      (19, "Year%20end", "Sales%20Invoices,Sales%20Orders", 20), (20, "", "Sales%20Orders", nil),
    ]
    var present: Int64 = 0
    for (seconds, groups, lists, until) in cases {
      scene.clock.advance(seconds - present)
      present = seconds
      let answer = scene.nginx(scene.withToken)
      #expect(answer.header("Remote-Groups") == groups, "at \(seconds)")
      let told = answer.header("X-Popsec-Lists").map {
        $0.split(separator: ",").sorted().joined(separator: ",")
      }
      #expect(told == lists, "at \(seconds)")
      // After the last instant the token's own end is what comes.
      let end =
        until.map { "\(Timestamp.start.adding(seconds: $0))" } ?? "\(Timestamp.start.adding(days: 90))"
      #expect(answer.header("X-Popsec-Until") == end, "at \(seconds)")
    }
  }

  @Test("an assertion ends where the access ends, also one that is kept")
  func assertions() throws {
    let signer = try #require(GateSigner.ephemeral())
    let scene = try GateScene(assertions: AssertionBook(signer))
    try scene.administration.change { change in
      _ = try change.addGateKey(signer.publicKey, named: Name("gate"))
      try Self.endings[1].1(change, scene)
    }
    func expiry(_ answer: Answer) throws -> Int64 {
      let parts = try #require(answer.header("X-Popsec-Assertion")).split(separator: ".")
      let bytes = try #require(Base64URLText.decode(parts[1]))
      let claims = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      return try #require(claims["exp"] as? Int64) - Timestamp.start.secondsSince1970
    }
    #expect(try expiry(scene.nginx(scene.withToken)) == 60)
    scene.clock.advance(50)
    for _ in 0..<2 { #expect(try expiry(scene.nginx(scene.withToken)) == Self.end) }
    scene.clock.advance(49)
    #expect(try expiry(scene.nginx(scene.withToken)) == Self.end)
    scene.clock.advance(1)
    #expect(scene.nginx(scene.withToken).header("X-Popsec-Assertion") == "")
  }

  @Test("applications are told the end, and a search finds nothing from then on")
  func applications() throws {
    let scene = try GateScene()
    try scene.administration.change { try Self.endings[0].1($0, scene) }
    let subject = #""subject":{"type":"apiUser","id":"Portal Ünited, Mexico"},"action":{"name":"view"}"#
    func decided() throws -> (isAllowed: Bool, until: String?) {
      let answer = scene.evaluate(#"{\#(subject),"resource":{"type":"widget","id":"Sales"}}"#)
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
      let context = try #require(object["context"] as? [String: Any])
      return (object["decision"] as? Bool == true, context["until"] as? String)
    }
    func found() throws -> Int {
      let answer = scene.evaluate(
        #"{\#(subject),"resource":{"type":"widget"}}"#, path: "/access/v1/search/resource")
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
      return try #require(object["results"] as? [Any]).count
    }
    scene.clock.advance(Self.end - 1)
    #expect(try decided() == (true, "\(Timestamp.start.adding(seconds: Self.end))"))
    // The open widget is opened by the same role and grant.
    #expect(try found() == 2)
    scene.clock.advance(1)
    #expect(try decided() == (false, nil))
    #expect(try found() == 0)
  }
}
