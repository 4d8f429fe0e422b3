import Access
import Administration
import Gate
import NIOHTTP1
import SQLiteStore
import Store
import Testing

@Suite struct KeyRotationTests {
  private func rotation(_ scene: GateScene, _ kind: TokenKeyKind) -> KeyRotation {
    KeyRotation(scene.administration, scene.keyFolder, kind)
  }

  private let pace = RewritingPace(
    progress: { _, _ in }, isStopped: { false }, rest: { _ in }, microseconds: { 0 })

  @Test("no request is refused at any stage of an exchange, with the token or with a cookie from before")
  func goesOn() throws {
    let scene = try GateScene()
    let page = scene.nginx(scene.withToken)
    let cookie = String(try #require(page.header("Set-Cookie")).prefix { $0 != ";" })
    func check(_ stage: String) {
      #expect(scene.nginx(scene.withToken).status == 200, "\(stage)")
      #expect(scene.nginx("/sales/app.js", headers: ["Cookie": cookie]).status == 200, "\(stage)")
      #expect(scene.nginx("/sales?token=" + TokenID.generate().revealed).status == 401, "\(stage)")
    }
    for kind in [TokenKeyKind.lookup, .seal, .lookup] {
      let rotation = rotation(scene, kind)
      try rotation.prepare()
      check("\(kind) prepared")
      try rotation.begin()
      check("\(kind) begun")
      #expect(try rotation.rewrite(leavingDamaged: false, pace) == 1)
      check("\(kind) rewritten")
      _ = try rotation.finish(forgetting: true)
      check("\(kind) done")
    }
    try scene.administration.change { try $0.revoke(scene.token) }
    #expect(scene.nginx(scene.withToken).status == 401)
    #expect(scene.nginx("/sales/app.js", headers: ["Cookie": cookie]).status == 401)
  }

  @Test("a gate that can't get the new key says that it can't tell, and never that a token is unknown")
  func copies() throws {
    let scene = try GateScene(copiesKeys: true)
    let rotation = rotation(scene, .lookup)
    try rotation.prepare()
    #expect(scene.forward(scene.withToken).status == 200)
    try rotation.begin()
    // What is still under the old key is found.
    #expect(scene.forward(scene.withToken).status == 200)
    _ = try rotation.rewrite(leavingDamaged: false, pace)
    _ = try rotation.finish(forgetting: false)
    #expect(scene.forward(scene.withToken).status == 503)
  }

  @Test("uses of a token are counted as before, whichever key it is kept under")
  func uses() throws {
    let scene = try GateScene()
    for _ in 0..<2 {
      #expect(scene.nginx(scene.withToken).status == 200)
      let rotation = rotation(scene, .lookup)
      try rotation.prepare()
      try rotation.begin()
      _ = try rotation.rewrite(leavingDamaged: false, pace)
      _ = try rotation.finish(forgetting: false)
    }
    scene.write()
    #expect(try scene.uses.uses(of: [scene.token]).map(\.useCount) == [2])
  }
}
