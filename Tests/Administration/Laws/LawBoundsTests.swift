import Access
import Administration
import SQLiteStore
import Store
import TestSupport
import TestTraits
import Testing

@Suite("How many laws a store has", .onEachEngine)
struct LawBoundsTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  private func law(_ number: Int, _ who: LawSelection<AsWritten> = .all) throws -> Law<AsWritten> {
    try Law(
      name: Name("law \(number)"), mode: .watch, form: .owned(checked: LawWho<AsWritten>(apiUsers: who)))
  }

  /// A law of somewhat less than a million characters.
  private func long(_ number: Int) throws -> Law<AsWritten> {
    let names = try (0..<9_000).map { try Name("\($0) " + String(repeating: "x", count: 94)) }
    return try law(number, .named(Set(names)))
  }

  @Test("more laws than a store may have are refused, and the hint tells what to do instead")
  func many() throws {
    try scene.change { change in
      for number in 0..<LawBounds.laws { try change.addLaw(try law(number)) }
    }
    let trouble = #expect(throws: LawTrouble.self) { try scene.change { try $0.addLaw(try law(-1)) } }
    #expect(trouble == .tooMany && trouble?.exitStatus == .badData && trouble?.hint?.isEmpty == false)
    // What does not add to them is as before.
    try scene.change { change in
      try change.changeLaw(Edit(was: try law(7), becomes: try law(7, .named([Name("Portal")]))))
      try change.removeLaw(named: try Name("law 8"))
      try change.addLaw(try law(-1))
    }
    #expect(try scene.read { try $0.lawStock().count } == LawBounds.laws)
  }

  @Test("laws that are too long together are refused, and may become shorter")
  func long() throws {
    var known = 0
    let trouble = #expect(throws: LawTrouble.self) {
      while known < 10 {
        try scene.change { try $0.addLaw(try long(known)) }
        known += 1
      }
    }
    #expect(trouble == .tooLong && known > 2)
    let stock = try scene.read { try $0.lawStock() }
    #expect(stock.count == known && stock.characters <= LawBounds.characters)
    try scene.change { try $0.changeLaw(Edit(was: try long(0), becomes: try law(0))) }
    try scene.change { try $0.addLaw(try long(known)) }
  }

  @Test("what another process changed of a law is seen, though the law was read before")
  func seen() throws {
    let law = try law(1)
    try scene.change { try $0.addLaw(law) }
    #expect(try scene.read { try $0.laws() } == [law])
    let store = try scene.made.reopened()
    let now = scene.now
    let other = Administration(
      store: store, keys: scene.keys, operating: scene.administration.operating,
      surroundings: Surroundings(now: { now }, makeTokenID: { .generate() }))
    let changed = try self.law(1, .named([Name("Portal")]))
    try other.change { try $0.changeLaw(Edit(was: law, becomes: changed)) }
    #expect(try scene.read { try $0.laws() } == [changed])
    try other.change { try $0.changeLaw(Edit(was: changed, becomes: law)) }
    #expect(try scene.read { try $0.law(named: NameKey(law.name)) } == law)
  }
}
