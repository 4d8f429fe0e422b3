import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Accounts are picked by typing a part of their names")
struct PickingTests {
  private func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.addTeam("Sales")
    for name in ["Alpha", "Portal Mexico", "Portal USA"] { try world.addAPIUser(name) }
    return world
  }

  @Test(
    "typing filters the rows, and only ticked rows are taken",
    arguments: [
      ("\"portal mex\" Tab Enter", "pending: 1 to add"),
      ("Space Enter", "pending: 1 to add"),
      // The letters that move in other lists, and a space, are parts of names here.
      ("\"l m\" Tab Enter", "pending: 1 to add"),
      ("\"portal\" Tab Tab Enter", "pending: 2 to add"),
      // Ticked under one filter, it stays ticked under another.
      ("\"mex\" Tab Esc \"usa\" Tab Enter", "pending: 2 to add"),
      ("\"portal\" Enter", "A member has what the team was given."),
      ("\"zzz\" Tab Enter", "A member has what the team was given."),
      ("C-t \"a\" Tab Enter", "A member has what the team was given."),
    ])
  func picks(_ keys: String, _ expected: String) throws {
    let world = try world()
    var console = world.console()
    console.press("s t Enter Down Enter a " + keys)
    #expect(console.compositor.titles.last == "Sales")
    #expect(console.text.contains(expected))
  }

  @Test("nothing is ticked or taken before the rows of the filter have come")
  func notLookedAt() throws {
    let world = try world()
    var console = world.console()
    console.press("s t Enter Down Enter a")
    console.holdsWork = true
    console.press("u s a Tab Enter")
    console.holdsWork = false
    console.finishWork(Array(console.heldWork.indices))
    #expect(console.text.contains("0 ticked"))
    console.press("Tab Enter")
    #expect(console.text.contains("pending: 1 to add"))
    console.press("C-s")
    let team = try #require(try world.administration.read { try $0.allTeams() }.first)
    let members = try world.administration.read {
      try $0.members(MemberQuery(team: team.id), .first, limit: 9).rows.map(\.account.name.text)
    }
    #expect(members == ["Portal USA"])
  }
}
