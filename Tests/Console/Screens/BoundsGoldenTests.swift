import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

/// The screens on which access begins and ends.
@Suite("Screens of access that ends look as they did when a person last looked at them")
struct BoundsGoldenTests {
  static let screens: [(name: String, keys: String)] = [
    ("in-force", "s a Enter Down*12 Enter"),
    ("in-force-wrong", "s a Enter Down*12 Enter Down C-u \"2026-11-01\""),
    ("roles-bounded", "s a Enter Down*2 Enter"),
    ("teams-bounded", "s a Enter Down Enter"),
    ("from-until", "s a Enter Down*2 Enter t"),
    ("members-bounded", "s t Enter Down Enter"),
    ("effective-access-ends", "s a Enter Down*4 Enter"),
    ("effective-access-when", "s a Enter Down*4 Enter t"),
    ("effective-access-at", "s a Enter Down*4 Enter t \"+14d\" Enter"),
    ("tokens-ending", "s a Enter Down*3 Enter Down*2"),
    ("token-ending-details", "s a Enter Down*3 Enter Down*2 Enter"),
    (
      "token-from",
      "s a Enter Down*3 Enter x Down*4 Space Down*2 \"2026-11-30\" Down \"2026-12-01\" Enter"
    ),
    ("api-users-ending", "s a"),
  ]
  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

  @Test("the screen looks as before", arguments: screens.map(\.name), sizes)
  func looksAsBefore(name: String, size: Size) throws {
    let screen = try #require(Self.screens.first { $0.name == name })
    let world = try Self.world()
    var console = world.console(size: size)
    console.press(screen.keys)
    try Golden.check(console.canvas, "\(name)-\(size.columns)x\(size.rows)")
  }

  /// A portal whose roles, memberships, grant and tokens end soon, later, and have ended, or begin later.
  static func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    let connector = try world.addCatalogue()
    try world.addPeople()
    func bounds(_ from: Int64?, _ until: Int64?) throws -> Bounds {
      try Bounds(
        from: from.map { ScreenWorld.now.adding(days: $0) },
        until: until.map { ScreenWorld.now.adding(seconds: $0 * 86_400 + 21_600) })
    }
    let account = try world.addAPIUser("Contractor", tokens: ["old", "portal", "soon"])
    let (east, west) = (try world.addTeam("Sales East"), try world.addTeam("Sales West"))
    try world.administration.change { change in
      var roles = BoundedSet<SystemRole>([.builtIn(.widgetReader)])
      roles[.builtIn(.apiReader)] = try bounds(nil, 3)
      roles[.builtIn(.securityReader)] = try bounds(8, 30)
      roles[.builtIn(.auditReader)] = try bounds(nil, -2)
      try change.saveRoles(of: .account(account.id), bounded: Edit(was: [], becomes: roles))
      try change.saveMembers(of: east.id, bounded: BoundedSet(account.id, bounds(nil, 3)), removing: [])
      try change.saveMembers(of: west.id, bounded: BoundedSet(account.id, bounds(10, nil)), removing: [])
      let mexico = try #require(try change.reader.team(named: NameKey(try Name("Sales MX"))))
      try change.saveMembers(of: mexico.id, bounded: BoundedSet(account.id, bounds(nil, 3)), removing: [])
      try change.setGrant(
        of: .account(account.id), on: connector,
        Permissions(roles: [.user], companies: .all, lists: .all, bounds: bounds(-20, 21)))
      for token in try change.reader.tokens(of: account.id) {
        switch token.name.text {
        case "soon": try change.setExpiry(.at(ScreenWorld.now.adding(days: 3)), of: token.id)
        case "old": try change.setExpiry(.at(ScreenWorld.now.adding(days: -2)), of: token.id)
        default:
          try change.setValidity(
            from: ScreenWorld.now.adding(days: 2), .at(ScreenWorld.now.adding(days: 60)), of: token.id)
        }
      }
    }
    return world
  }
}
