import Access
import Administration
import Crypto
import Foundation
import Gate
import NIOHTTP1
import Sealing
import Store
import Testing

/// What a gate signs, on a real store, with a clock that tests turn.
@Suite struct AssertionTests {
  /// A gate that signs, its key registered or not.
  private func scene(isRegistered: Bool = true, issuer: String? = nil) throws -> (GateScene, GateSigner) {
    let signer = try #require(GateSigner.ephemeral())
    let scene = try GateScene(assertions: AssertionBook(signer, issuer: issuer))
    if isRegistered { try register(signer, in: scene) }
    return (scene, signer)
  }

  private func register(_ signer: GateSigner, _ name: String = "gate", in scene: GateScene) throws {
    _ = try scene.administration.change { try $0.addGateKey(signer.publicKey, named: Name(name)) }
  }

  private func part(_ assertion: String, _ index: Int) throws -> [String: Any] {
    let parts = assertion.split(separator: ".", omittingEmptySubsequences: false)
    try #require(parts.count == 3)
    let bytes = try #require(Base64URLText.decode(parts[index]))
    return try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func claims(_ answer: Answer) throws -> [String: Any] {
    try part(try #require(answer.header("X-Popsec-Assertion")), 1)
  }

  @Test(
    "an allowed answer says who, what, by which decision, for whom and until when, and whose key signed it")
  func content() throws {
    let (scene, signer) = try scene()
    let answer = scene.nginx(scene.withToken)
    let header = try part(try #require(answer.header("X-Popsec-Assertion")), 0)
    #expect(header as? [String: String] == ["alg": "EdDSA", "typ": "JWT", "kid": signer.id.rawValue])
    let claims = try claims(answer)
    let store = try scene.administration.storeID()
    let texts = [
      "iss": "popsec:\(store)", "aud": "portal.example.com",
      "sub": "apiUser:Portal%20%C3%9Cnited%2C%20Mexico",
      "token": "portal", "widget": "Sales", "connector": "Business Central",
      "jti": try #require(answer.header("X-Popsec-Decision")),
    ]
    for (claim, text) in texts { #expect(claims[claim] as? String == text, "\(claim)") }
    #expect(claims["iat"] as? Int64 == Timestamp.start.secondsSince1970)
    #expect(claims["exp"] as? Int64 == Timestamp.start.secondsSince1970 + 60)
    #expect(claims["pairs"] as? [[String: String]] == [["company": "MX", "list": "Sales Orders"]])
    #expect(Set(claims.keys) == Set(texts.keys).union(["iat", "exp", "pairs"]))
  }

  @Test("the subject is what Remote-User says, and the issuer what was set")
  func namesAgree() throws {
    let (scene, _) = try scene(issuer: "https://gate.example.com")
    let answer = scene.forward(scene.withToken)
    let claims = try claims(answer)
    #expect(claims["sub"] as? String == "apiUser:" + (answer.header("Remote-User") ?? ""))
    #expect(claims["iss"] as? String == "https://gate.example.com")
  }

  @Test("an assertion is handed on while half of its minute is left, and then another one is made")
  func keeping() throws {
    let (scene, _) = try scene()
    let first = scene.nginx(scene.withToken)
    let assertion = first.header("X-Popsec-Assertion")
    for seconds: Int64 in [1, 28] {
      scene.clock.advance(seconds)
      let next = scene.nginx(scene.withToken)
      #expect(next.header("X-Popsec-Assertion") == assertion)
      #expect(next.header("X-Popsec-Decision") != first.header("X-Popsec-Decision"))
    }
    scene.clock.advance(1)
    let later = scene.nginx(scene.withToken)
    let claims = try claims(later)
    #expect(claims["jti"] as? String == later.header("X-Popsec-Decision"))
    #expect(claims["iat"] as? Int64 == Timestamp.start.secondsSince1970 + 30)
    // A clock that was set back: nothing from the future is handed on.
    scene.clock.advance(-20)
    #expect(
      try self.claims(scene.nginx(scene.withToken))["iat"] as? Int64 == Timestamp.start.secondsSince1970 + 10)
  }

  @Test(
    "an assertion is kept while others change, and made anew after a change of its own account or of the catalogue"
  )
  func changes() throws {
    let (scene, _) = try scene()
    func assertion() -> String? { scene.nginx(scene.withToken).header("X-Popsec-Assertion") }
    let cases: [(name: String, keeps: Bool, change: (Change) throws -> Void)] = [
      ("another account is made", true, { _ = try $0.addAccount(.apiUser, name: Name("Another")) }),
      ("its token is renamed", false, { try $0.rename(scene.token, to: Name("new")) }),
      ("its account is renamed", false, { try $0.rename(scene.account, to: Name("New")) }),
      ("a team is made", false, { _ = try $0.addTeam(name: Name("Callers")) }),
    ]
    for one in cases {
      let before = assertion()
      #expect(before?.isEmpty == false && assertion() == before)
      try scene.administration.change { try one.change($0) }
      #expect((assertion() == before) == one.keeps, "\(one.name)")
    }
  }

  @Test("requests for different things get different assertions")
  func narrowed() throws {
    let (scene, _) = try scene()
    let whole = scene.nginx(scene.withToken).header("X-Popsec-Assertion")
    let narrowed = scene.nginx(scene.withToken + "&list=Sales%20Orders").header("X-Popsec-Assertion")
    #expect(whole != nil && whole != narrowed)
    #expect(scene.nginx(scene.withToken).header("X-Popsec-Assertion") == whole)
  }

  @Test("no assertion is good for longer than the Token ID that it is for")
  func tokenEnds() throws {
    let (scene, _) = try scene()
    let end = Timestamp.start.adding(seconds: 20)
    try scene.administration.change { try $0.setExpiry(.at(end), of: scene.token) }
    #expect(try claims(scene.nginx(scene.withToken))["exp"] as? Int64 == end.secondsSince1970)
    scene.clock.advance(20)
    let late = scene.nginx(scene.withToken)
    #expect(late.status == 401 && late.header("X-Popsec-Assertion")?.isEmpty == true)
  }

  @Test("an open widget's says that it is open, names nobody and gives no data")
  func open() throws {
    let (scene, _) = try scene()
    for target in ["/open", "/open?token=" + TokenID.generate().revealed] {
      let claims = try claims(scene.nginx(target))
      #expect(claims["open"] as? Bool == true && claims["widget"] as? String == "Open")
      #expect(claims["sub"] == nil && claims["token"] == nil && claims["connector"] == nil)
      #expect((claims["pairs"] as? [Any])?.isEmpty == true)
    }
  }

  @Test(
    "an answer that allows nothing has the header, and nothing in it",
    arguments: ["/sales", "/sales?token=pst_x", "/nowhere", "/sales?token=a&token=b", "/sales//x"])
  func denied(target: String) throws {
    let (scene, _) = try scene()
    let answer = scene.forward(target)
    #expect(answer.status != 200)
    #expect(answer.header("X-Popsec-Assertion")?.isEmpty == true)
  }

  @Test("a gate that does not sign says so by an empty header, which replaces a client's own")
  func unsigned() throws {
    let scene = try GateScene()
    let forged: HTTPHeaders = ["X-Popsec-Assertion": "e30.e30.e30"]
    #expect(scene.nginx(scene.withToken, headers: forged).header("X-Popsec-Assertion")?.isEmpty == true)
  }

  @Test("a gate signs from the first request after its key was registered to the last before it is retired")
  func standing() throws {
    let (scene, signer) = try scene(isRegistered: false)
    func isSigned() -> Bool {
      let answer = scene.nginx(scene.withToken)
      #expect(answer.status == 200)
      return answer.header("X-Popsec-Assertion")?.isEmpty == false
    }
    #expect(!isSigned())
    #expect(health(scene).hasPrefix("ok\n") && health(scene).contains("no assertion"))
    try register(signer, in: scene)
    #expect(isSigned() && health(scene) == "ok\n")
    _ = try scene.administration.change { try $0.retireGateKey(named: Name("gate")) }
    #expect(!isSigned())
  }

  private func health(_ scene: GateScene) -> String {
    scene.worker.answer(RawRequest(target: "/healthz")).body
  }

  @Test("while keys are exchanged both are accepted, and a retired one is not")
  func rotation() throws {
    let (scene, first) = try scene()
    let second = try #require(GateSigner.ephemeral())
    try register(second, "gate 2", in: scene)
    #expect(try keys(scene) == [first.id.rawValue, second.id.rawValue].sorted())
    _ = try scene.administration.change { try $0.retireGateKey(named: Name("GATE")) }
    #expect(try keys(scene) == [second.id.rawValue])
  }

  private func keys(_ scene: GateScene) throws -> [String] {
    let set = scene.worker.answer(RawRequest(target: "/.well-known/jwks.json"))
    #expect(set.status == 200)
    let object = try JSONSerialization.jsonObject(with: Data(set.body.utf8)) as? [String: [[String: String]]]
    return try #require(object?["keys"]).compactMap { $0["kid"] }.sorted()
  }

  @Test("the keys are told to everybody, for a minute, as RFC 8037 writes them")
  func keySet() throws {
    let (scene, signer) = try scene()
    let stranger = Peer.address(try #require(IPAddress("198.51.100.7")))
    let set = scene.worker.answer(RawRequest(target: "/.well-known/jwks.json?x=1", peer: stranger))
    #expect(set.status == 200 && set.header("Content-Type") == "application/jwk-set+json")
    #expect(set.header("Cache-Control") == "public, max-age=60")
    let object = try JSONSerialization.jsonObject(with: Data(set.body.utf8)) as? [String: [[String: String]]]
    #expect(
      object == [
        "keys": [
          [
            "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": signer.id.rawValue,
            "x": signer.publicKey.x,
          ]
        ]
      ])
    let posted = scene.worker.answer(RawRequest(method: "POST", target: "/.well-known/jwks.json"))
    #expect(posted.status == 405 && posted.header("Allow") == "GET, HEAD")
  }

  @Test("a gate without --sign tells the keys of the others")
  func othersKeys() throws {
    let scene = try GateScene()
    let signer = try #require(GateSigner.ephemeral())
    try register(signer, in: scene)
    #expect(try keys(scene) == [signer.id.rawValue])
  }

  @Test("very many pairs stand in the header alone, and the assertion has their digest")
  func digest() throws {
    let (scene, _) = try scene()
    for (count, isCut) in [(30, false), (120, true)] {
      try addCompanies(count, in: scene)
      let answer = scene.nginx(scene.withToken)
      let access = try #require(answer.header("X-Popsec-Access"))
      let claims = try claims(answer)
      #expect(claims["pairs"] == nil && claims["cut"] as? Bool == (isCut ? true : nil))
      let digest = Array(SHA256.hash(data: Data(access.utf8)))
      #expect(claims["pairs_sha256"] as? String == Base64URLText.encode(digest))
    }
  }

  /// As many more companies, and all of them for the API user.
  private func addCompanies(_ count: Int, in scene: GateScene) throws {
    try scene.administration.change { change in
      let connector = try #require(try change.reader.connectors().first).id
      for index in 0..<count { _ = try change.addCompany(Name("Company \(count)-\(index)"), to: connector) }
      let orders = try #require(
        try change.reader.lists(of: connector).first { $0.name.text == "Sales Orders" })
      try change.setGrant(
        of: .account(scene.account), on: connector,
        Permissions(roles: [.user], companies: .all, lists: .only([orders.id])))
    }
  }
}
