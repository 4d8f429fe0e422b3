import Access
import Administration
import Gate
import Store
import Testing

@Suite struct FloodTests {
  @Test("in a flood without tokens, denials of a known token are kept, and the others are counted")
  func flood() throws {
    let scene = try GateScene()
    let known = "/sales?company=Nowhere&token=" + scene.tokenID.revealed
    // The scene keeps 100 denials, the latest.
    for _ in 0..<GateWorker.keptDenials + 40 { _ = scene.nginx("/sales") }
    for _ in 0..<30 { _ = scene.nginx(known) }
    for _ in 0..<1_000 { _ = scene.nginx("/sales") }
    scene.write()
    let rows = try scene.administration.denials(.first, limit: 100).rows.map(\.denial)
    #expect(rows.filter { $0.token != nil }.count == 30)
    #expect(rows.compactMap(\.notKept) == [40 + 30 + 1_000])
    #expect(rows.first?.notKept == 1_070, "the latest tells")
    #expect(rows.first?.facts.last?.text == "1070 more denials at about that time")
    _ = scene.nginx("/sales")
    scene.write()
    let after = try scene.administration.denials(.first, limit: 1).rows.map(\.denial)
    #expect(after.compactMap(\.notKept).isEmpty)
  }

  @Test("a known token's flood takes no more room than there is")
  func knownFlood() throws {
    let scene = try GateScene()
    let known = "/sales?company=Nowhere&token=" + scene.tokenID.revealed
    for _ in 0..<GateWorker.keptDenials + 7 { _ = scene.nginx(known) }
    scene.write()
    let first = try scene.administration.denials(.first, limit: 1).rows.map(\.denial)
    #expect(first.compactMap(\.notKept) == [7])
  }
}
