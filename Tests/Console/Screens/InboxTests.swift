import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("What waits for a second person")
struct InboxTests {
  let world: ScreenWorld
  let team: Team
  let ada: Administration
  let bob: Administration

  init() throws {
    world = try ScreenWorld()
    team = try world.addTeam("Sales MX", summary: "people who sell in Mexico")
    (ada, bob) = (try world.administration(as: "ada"), try world.administration(as: "bob"))
    try world.administration.change { try $0.set(.dualRemovals, to: .number(1)) }
  }

  private func console(_ administration: Administration) -> ConsoleDriver {
    let context = ConsoleContext(administration: administration, clipboard: .forTests)
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store  UTC", size: Size(columns: 80, rows: 24)))
  }

  private var lives: Bool { get throws { try world.administration.read { try $0.team(team.id) } != nil } }

  /// Ada deletes the team, which waits.
  @discardableResult
  private func ask() throws -> ConsoleDriver {
    var console = console(ada)
    console.press("s t D Tab \"Sales MX\" Tab Enter")
    #expect(console.text.contains("it waits for a second person"))
    #expect(try lives)
    return console
  }

  private static let said = "Another administrator must agree"

  @Test("a dialog says before that a second person must agree, and says nothing of it otherwise")
  func saysBefore() throws {
    try world.addAPIUser("Portal", tokens: ["portal"])
    var console = console(ada)
    console.press("s t D")
    #expect(console.text.contains(Self.said))
    console.press("Esc*2 a Enter Down*3 Enter R")
    #expect(console.text.contains(Self.said))
    // One end that has passed is one that is ended at once.
    console.press("Esc x")
    #expect(!console.text.contains(Self.said))
    console.press("Esc r \"2\" Enter")
    #expect(!console.text.contains(Self.said) && console.text.contains("token renamed"))
    var other = self.console(bob)
    try ask()
    other.press("s i Enter A")
    #expect(other.compositor.titles.last == "Agree")
    #expect(!other.text.contains(Self.said), "whoever agrees is the other one")
  }

  @Test("where enough may be removed by one alone, no dialog says that two must agree")
  func saysNothing() throws {
    let world = try ScreenWorld()
    try world.addTeam("Sales MX")
    _ = try world.administration(as: "ada")
    _ = try world.administration(as: "bob")
    try world.administration.change { try $0.set(.dualRemovals, to: .number(2)) }
    var console = world.console()
    console.press("s t D")
    #expect(console.compositor.titles.last == "Delete team" && !console.text.contains(Self.said))
  }

  @Test("a setting that lets one do more alone asks before it is asked for, and Esc leaves it")
  func settingSaysBefore() throws {
    func waiting() throws -> Int {
      try world.administration.waitingProposalCount()
    }
    var console = console(ada)
    console.press("s s")
    for _ in 0..<30 where !console.lines.contains(where: { $0.contains("▸dual.removals") }) {
      console.press("Down")
    }
    console.press("Enter C-u \"40\" Enter")
    #expect(console.text.contains(Self.said))
    console.press("Esc")
    #expect(try waiting() == 0)
    console.press("Enter Enter")
    #expect(try waiting() == 1)
    #expect(try ada.settings().dualRemovals == 1)
  }

  @Test("a second one agrees, and then it is done; it begins on Cancel")
  func agrees() throws {
    _ = try ask()
    var other = console(bob)
    other.press("s i Enter")
    #expect(other.text.contains("team.delete team Sales MX"))
    other.press("A Enter")
    #expect(try lives)
    other.press("A BTab Enter")
    #expect(try !lives)
    #expect(other.text.contains("agreed to"))
    #expect(other.text.contains("carried out"))
  }

  @Test("whoever asked can only withdraw; withdrawn, nobodA agrees")
  func withdraws() throws {
    var own = try ask()
    own.press("Esc*3 s i Enter")
    #expect(!own.text.contains("A agree") && own.text.contains("withdraw"))
    own.press("A n W BTab Enter")
    #expect(own.text.contains("withdrawn"))
    var other = console(bob)
    other.press("s i Enter A BTab Enter")
    #expect(try lives)
  }

  @Test("a second one declines, and nothing is done")
  func declines() throws {
    _ = try ask()
    var other = console(bob)
    other.press("s i Enter n BTab Enter")
    #expect(other.text.contains("declined"))
    #expect(try lives)
  }

  @Test("a proposal whose things were changed since says so, and isn't offered")
  func outdated() throws {
    _ = try ask()
    let user = try world.addAPIUser("Portal", tokens: [])
    try world.administration.change { try $0.saveMembers(of: team.id, adding: [user.id], removing: []) }
    var other = console(bob)
    other.press("s i Enter")
    #expect(other.text.contains("It can't be carried out"))
    other.press("A")
    #expect(other.lines[0].hasPrefix(" popsec Main menu › Security › Inbox › Proposal"))
    #expect(try lives)
  }

  @Test("a person who may only read sees the proposal, and can't decide")
  func reads() throws {
    _ = try ask()
    var reader = console(try world.administration(as: "rob", role: .securityReader))
    reader.press("s i Enter")
    #expect(reader.text.contains("shown to who could decide it"))
    #expect(!reader.text.contains("A agree") && !reader.text.contains("n decline"))
  }
}
