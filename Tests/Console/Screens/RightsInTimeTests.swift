import Access
import Administration
import Store
import Synchronization
import Terminal
import Testing

@testable import Console

@Suite("Rights begin and end in an open console")
struct RightsInTimeTests {
  @Test("at the instant at which a role ends its pages go from an idle console, and at another one they come")
  func idleConsole() throws {
    let world = try ScreenWorld()
    let own = try world.administration(as: "ana", role: .securityReader)
    let user = try #require(own.operating.user)
    let end = ScreenWorld.now.adding(seconds: 3)
    try world.administration.change {
      let lasting = BoundedSet<SystemRole>([.builtIn(.securityReader)])
      var bounded = lasting
      bounded[.builtIn(.auditReader)] = Bounds(until: end)
      bounded[.builtIn(.widgetContributor)] = try Bounds(from: end.adding(seconds: 3))
      try $0.saveRoles(of: .account(user), bounded: Edit(was: lasting, becomes: bounded))
    }
    try own.requireStillHere()
    let watch = own.watchChanges()
    _ = try watch.hasChanged()
    var console = TimedConsole(
      ConsoleRoot.compositor(
        ConsoleContext(administration: own, clipboard: .forTests), titleBar: "",
        size: Size(columns: 80, rows: 24)))
    console.press("s")
    func look(isDue: Bool) throws {
      #expect(try watch.hasChanged() == isDue)
      guard isDue else { return }
      try own.requireStillHere()
      console.receive { $0.refresh() }
    }
    #expect(console.text.contains("Audit log"))
    world.clock.pass(seconds: 2)
    try look(isDue: false)
    world.clock.pass(seconds: 1)
    try look(isDue: true)
    #expect(!console.text.contains("Audit log"))
    #expect(!console.text.contains("Widgets"))
    try look(isDue: false)
    world.clock.pass(seconds: 3)
    try look(isDue: true)
    #expect(console.text.contains("Widgets"))
    try look(isDue: false)
  }

  @Test("who has no right left at an instant is asked to leave at that instant")
  func lastRight() throws {
    let world = try ScreenWorld()
    let own = try world.administration(as: "ana", role: .securityReader)
    let user = try #require(own.operating.user)
    try world.administration.change {
      var bounded = BoundedSet<SystemRole>()
      bounded[.builtIn(.securityReader)] = Bounds(until: ScreenWorld.now.adding(seconds: 1))
      try $0.saveRoles(
        of: .account(user), bounded: Edit(was: [.builtIn(.securityReader)], becomes: bounded))
    }
    try own.requireStillHere()
    let watch = own.watchChanges()
    _ = try watch.hasChanged()
    world.clock.pass(seconds: 1)
    #expect(try watch.hasChanged())
    #expect(throws: AdministrationError.self) { try own.requireStillHere() }
  }
}

/// A clock that passes when a test says so.
final class TestClock: Sendable {
  private let instant: Mutex<Timestamp>

  init(_ start: Timestamp) { instant = Mutex(start) }

  var now: Timestamp { instant.withLock { $0 } }
  func pass(seconds: Int64) { instant.withLock { $0 = $0.adding(seconds: seconds) } }
}
