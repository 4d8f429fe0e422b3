import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("The filter of a list takes conditions")
struct ConditionScreenTests {
  private let world: ScreenWorld

  init() throws {
    world = try ScreenWorld()
    try world.administration.change { change in
      for (name, days) in [("Portal", Int64(5)), ("Kiosk", 50)] {
        let account = try change.addAccount(.apiUser, name: try Name(name))
        try change.addToken(
          to: account.id, name: try Name("t"), expiry: .at(ScreenWorld.now.adding(days: days)))
      }
      _ = try change.addTeam(name: try Name("Sales MX"))
    }
  }

  @Test("and finds by them, together with a part of a name")
  func finds() throws {
    var console = world.console()
    console.press("s a / \"ends<14d por\" Enter")
    #expect(console.text.contains("Portal ") && !console.text.contains("Kiosk "), "\(console.text)")
    console.press("Esc / \"-ends<14d\" Enter")
    #expect(!console.text.contains("Portal ") && console.text.contains("Kiosk "), "\(console.text)")
  }

  @Test(
    "what can't be read, and a name that there is not, is told and never shown as no rows alone",
    arguments: [
      ("s a", "ends<14x", "“14x” is no time; write ends<14d"),
      ("s a", "team:sales", "did you mean “Sales MX”?"),
      ("s t", "ends<1d", "teams have no condition “ends”"),
      ("s t", "stat:x", "teams have no condition “stat”"),
    ])
  func told(keys: String, text: String, notice: String) throws {
    var console = world.console()
    console.press("\(keys) / \"\(text)\"")
    #expect(console.text.contains(notice), "\(console.text)")
    #expect(!console.text.contains("Nothing matches"), "\(console.text)")
    console.press("Esc")
    #expect(!console.text.contains(notice), "\(console.text)")
  }

  @Test("an action on all that match is refused where the filter can't be read")
  func choice() throws {
    var list = AccountListScreen(.apiUser, context: world.context())
    var tokens = TokenListScreen(context: world.context())
    for filter in ["ends<14x", "team:none"] {
      list.choice.chooseAll(matching: filter)
      #expect(throws: ConditionProblem.self) { try list.targets(of: list.choice) }
      tokens.choice.chooseAll(matching: filter)
      #expect(throws: ConditionProblem.self) { try tokens.targets(of: tokens.choice) }
    }
    list.choice.chooseAll(matching: "ends<14d")
    let plan = try world.administration.plan(.disable, on: try list.targets(of: list.choice))
    #expect(plan.someNames == ["Portal"])
  }
}
