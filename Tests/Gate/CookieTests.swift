import Access
import Administration
import Gate
import NIOHTTP1
import Testing

@Suite struct CookieTests {
  /// The pair that a browser sends back.
  private static func pair(_ answer: Answer) throws -> String {
    let cookie = try #require(answer.header("Set-Cookie"))
    return String(cookie.prefix { $0 != ";" })
  }

  @Test("a page's parts are let through by the cookie that it was given, at its widget alone")
  func parts() throws {
    let scene = try GateScene()
    let page = scene.nginx(scene.withToken)
    let cookie = try #require(page.header("Set-Cookie"))
    #expect(
      cookie.hasSuffix("; Path=/sales; Max-Age=600; Secure; HttpOnly; SameSite=None; Partitioned"))
    let pair = try Self.pair(page)
    #expect(scene.nginx("/sales/app.js", headers: ["Cookie": "a=b; \(pair); c=d"]).status == 200)
    #expect(scene.nginx("/sales/app.js", headers: ["Cookie": "popsec=0; \(pair)"]).status == 200)
    #expect(scene.nginx("/api/orders", headers: ["Cookie": pair]).status == 401)
    #expect(scene.nginx("/other", headers: ["Cookie": pair]).status == 401)
  }

  @Test("each use of a cookie is decided anew, and it ends after ten minutes")
  func decidedAnew() throws {
    let scene = try GateScene()
    let pair = try Self.pair(scene.nginx(scene.withToken))
    scene.clock.advance(599)
    #expect(scene.nginx("/sales/a", headers: ["Cookie": pair]).status == 200)
    scene.clock.advance(1)
    #expect(scene.nginx("/sales/a", headers: ["Cookie": pair]).status == 401)
    let other = try Self.pair(scene.nginx(scene.withToken))
    try scene.administration.change { try $0.revoke(scene.token) }
    #expect(scene.nginx("/sales/a", headers: ["Cookie": other]).status == 401)
  }

  @Test("a token in the request wins over a cookie")
  func tokenWins() throws {
    let scene = try GateScene()
    let pair = try Self.pair(scene.nginx(scene.withToken))
    #expect(scene.nginx("/sales?token=nonsense", headers: ["Cookie": pair]).status == 401)
  }

  @Test("a page that is in use is given a newer cookie in time, and the same one for a while")
  func renewed() throws {
    let scene = try GateScene()
    let first = try Self.pair(scene.nginx(scene.withToken))
    let isSame = try Self.pair(scene.nginx(scene.withToken)) == first
    #expect(isSame)
    #expect(scene.nginx("/sales/a", headers: ["Cookie": first]).header("Set-Cookie") == nil)
    scene.clock.advance(301)
    let second = try Self.pair(scene.nginx("/sales/a", headers: ["Cookie": first]))
    let isOther = second != first
    #expect(isOther)
    #expect(scene.nginx("/sales/a", headers: ["Cookie": second]).status == 200)
  }
}
