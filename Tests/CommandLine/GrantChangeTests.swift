import Foundation
import Glibc
import Testing

@Suite("Grants by command")
struct GrantChangeTests {
  private static let connector = ["--connector", "Business Central"]
  private static func grant(_ verb: String, _ subject: [String], _ parts: String...) -> [String] {
    ["grant", verb] + subject + connector + parts
  }

  private static let mexico = ["--team", "Mexico"]
  private static let portal = ["--api-user", "Portal"]

  @Test(
    "a change of a grant is shown with its effect, asked about, made once, and undone",
    arguments: [
      ChangeCase(
        arguments: grant("add", mexico, "--company", "US"),
        shown: ["team.grant  team Mexico", "+ MX, US", "API user “Portal” gains Sales Orders of US"]),
      ChangeCase(
        arguments: grant("add", mexico, "--list", "sales invoices", "--action", "Sales Orders: release"),
        shown: ["+ Items, Sales Invoices, Sales Orders", "+ Sales Orders: Release", "gains action Release"]),
      ChangeCase(
        arguments: grant("add", mexico, "--all-companies", "--all-lists"), shown: ["+ all", "of US"]),
      ChangeCase(
        arguments: grant("add", portal, "--role", "user", "--company", "US", "--group", "Sales"),
        shown: ["+ Sales Invoices, Sales Orders", "gains Sales Orders of US"]),
      ChangeCase(
        arguments: grant(
          "add", portal, "--role", "User", "--company", "US", "--list", "Sales Orders", "--until",
          "2120-01-01"),
        shown: [
          "+ 2120-01-01T00:00:00Z", "gains Sales Orders of US (Business Central) until 2120-01-01 00:00 UTC",
        ]),
      ChangeCase(
        arguments: grant(
          "add", mexico, "--detail", "Sales Orders:Lines", "--list-action", "Sales Orders: Export"),
        shown: ["+ Sales Orders: Lines", "+ Sales Orders: Export"]),
      ChangeCase(
        arguments: grant("remove", mexico, "--list", "Items"),
        shown: ["- Items, Sales Orders", "changes nobody's access"]),
      ChangeCase(
        arguments: grant("remove", mexico, "--role", "User"), shown: ["loses Sales Orders of MX"]),
      ChangeCase(
        arguments: grant("remove", ["--team", "Everything"], "--all-actions"),
        shown: ["changes nobody's access"]),
      ChangeCase(arguments: grant("delete", mexico), shown: ["loses Sales Orders of MX"]),
      ChangeCase(
        arguments: grant("set-bounds", mexico, "--until", "2120-01-01"),
        shown: ["loses Sales Orders of MX (Business Central) from 2120-01-01 00:00 UTC"]),
    ])
  func changes(change: ChangeCase) throws { try change.check(in: try ChangeWorld()) }

  @Test("what is there already, or not there at all, changes nothing, asks nothing and writes no row")
  func nothing() throws {
    let world = try ChangeWorld()
    try world.run(
      Self.grant(
        "add", ["--api-user", "Kiosk"], "--role", "User", "--list", "Items", "--until", "2120-01-01")
        + ["--yes"]
    ).mustSucceed()
    let before = try world.state()
    for arguments in [
      Self.grant("add", Self.mexico, "--company", "MX", "--list", "Items", "--role", "User"),
      Self.grant("add", Self.mexico, "--list", "Items", "--until", "never"),
      Self.grant("add", ["--api-user", "Kiosk"], "--list", "Items", "--until", "2120-01-01"),
      Self.grant("add", ["--team", "Everything"], "--list", "Items", "--action", "Sales Orders: Print"),
      Self.grant("remove", Self.mexico, "--list", "Sales Invoices"),
      Self.grant("remove", Self.portal, "--list", "Items"), Self.grant("delete", Self.portal),
      Self.grant("set-bounds", Self.mexico, "--until", "never"),
    ] {
      let outcome = try world.run(arguments)
      outcome.mustSucceed()
      #expect(outcome.output == "nothing to do: all is like that already\n", "\(arguments)")
      #expect(try world.run(arguments + ["--json"]).object()["applied"] == .bool(false))
    }
    #expect(try world.state() == before)
  }

  @Test("what is wrong is refused with a hint, and nothing is changed")
  func wrong() throws {
    let world = try ChangeWorld()
    let before = try world.state()
    let cases: [([String], Int32, String)] = [
      (Self.grant("add", ["--team", "Mexic"], "--list", "Items"), 66, "did you mean “Mexico”?"),
      (["grant", "add", "--team", "Mexico", "--connector", "Business", "--list", "x"], 66, "did you mean"),
      (Self.grant("add", Self.mexico, "--list", "Sales Order"), 66, "did you mean “Sales Orders”?"),
      (Self.grant("add", Self.mexico, "--company", "M"), 66, "did you mean “MX”?"),
      (Self.grant("add", Self.mexico, "--group", "Sale"), 66, "did you mean “Sales”?"),
      (Self.grant("add", Self.mexico, "--role", "Usr"), 66, "there are Administrator, User"),
      (Self.grant("add", Self.mexico, "--action", "Sales Orders: Relase"), 66, "did you mean “Release”?"),
      (
        Self.grant("add", Self.mexico, "--action", "Sales Order: Release"), 66, "did you mean “Sales Orders”?"
      ),
      (Self.grant("add", Self.mexico, "--action", "Release"), 65, "write the list, a colon"),
      (Self.grant("add", Self.mexico, "--action", "A: B: C"), 65, "rename a list"),
      (Self.grant("add", Self.portal, "--action", "Sales Orders: Release"), 65, "add the list, too"),
      (Self.grant("remove", ["--team", "Everything"], "--list", "Items"), 65, "take all lists out first"),
      (
        Self.grant("remove", ["--team", "Everything"], "--company", "MX"), 65, "take all companies out first"
      ),
      (
        Self.grant("remove", ["--team", "Everything"], "--action", "Sales Orders: Print"), 65,
        "take all actions out first"
      ),
      (Self.grant("add", Self.mexico, "--company", "US", "--until", "2120-01-01"), 65, "grant set-bounds"),
      (Self.grant("add", Self.mexico, "--list", "Items", "--from", "2120-01-01"), 65, "grant set-bounds"),
      (
        Self.grant("add", Self.portal, "--list", "Items", "--until", "2020-01-01"), 65, "give a later --until"
      ),
      (Self.grant("set-bounds", Self.portal, "--until", "never"), 66, "the list commands show them"),
      (Self.grant("add", [], "--list", "Items"), 64, "give --api-user, --user or --team"),
      (Self.grant("add", Self.mexico), 64, "usage:"), (Self.grant("remove", Self.mexico), 64, "usage:"),
      (Self.grant("set-bounds", Self.mexico), 64, "usage:"),
      (Self.grant("add", Self.mexico, "--all-lists", "--list", "Items"), 64, "usage:"),
      (Self.grant("add", Self.mexico + Self.portal, "--list", "Items"), 64, "usage:"),
    ]
    for (arguments, status, hint) in cases {
      let outcome = try world.run(arguments + ["--yes"])
      outcome.mustFail(status)
      #expect(outcome.errors.contains(hint), "\(arguments)\n\(outcome.errors)")
    }
    #expect(try world.state() == before)
  }

  @Test("the items of a list go with it, and what is left of nothing is no grant")
  func goesAlong() throws {
    let world = try ChangeWorld()
    try world.run(Self.grant("add", Self.mexico, "--action", "Sales Orders: Release") + ["--yes"])
      .mustSucceed()
    let taken = try world.run(Self.grant("remove", Self.mexico, "--list", "Sales Orders") + ["--yes"])
    #expect(taken.output.contains("- Sales Orders: Release"))
    try world.run(
      Self.grant("remove", Self.mexico, "--all-lists", "--all-companies", "--role", "User") + ["--yes"]
    ).mustSucceed()
    #expect(try world.run(["grant", "list", "--team", "Mexico", "--json"]).object().count == 0)
  }

  @Test("a yes at the terminal makes it, and nothing else does", arguments: [("y", true), ("n", false)])
  func terminal(answer: String, isDone: Bool) throws {
    let world = try ChangeWorld()
    let session = try TerminalSession(world.program, Self.grant("delete", Self.mexico))
    try session.expect("delete this grant (1 API user loses 1 pair of company and list)? [y/N] ")
    session.type(answer + "\n")
    #expect(session.wait() == (isDone ? 0 : 64))
    #expect(
      try world.run(["grant", "list", "--team", "Mexico", "--json"]).object().count == (isDone ? 0 : 1))
  }

  @Test(
    "what takes two waits in the Inbox, and is made once another agrees",
    .enabled(if: getuid() == 0, "only root comes as somebody else"))
  func takesTwo() throws {
    let world = try ChangeWorld.takingTwo("dual.removals", "1")
    let arguments = ["team", "delete", "Mexico"]
    let dry = try world.run(arguments + ["--dry-run"])
    dry.mustSucceed()
    #expect(dry.output.contains("! Another administrator must agree"))
    let asked = try world.run(arguments + ["--yes"])
    #expect(asked.status == 75, "\(asked.output)\(asked.errors)")
    let second = TwoAdministrators.second
    let waiting = try world.program.run("inbox", "--json", environment: second).object()
    guard case .number(let number)? = waiting[0]?["number"] else {
      Issue.record("nothing waits")
      return
    }
    try world.run(["team", "show", "Mexico"]).mustSucceed()
    try world.program.run("inbox", "agree", String(Int(number)), "--yes", environment: second).mustSucceed()
    try world.run(["team", "show", "Mexico"]).mustFail(66)
  }

  @Test(
    "a team becomes Administrator once another agrees, where that takes two",
    .enabled(if: getuid() == 0, "only root comes as somebody else"))
  func administrator() throws {
    let world = try ChangeWorld.takingTwo("dual.administrator", "on")
    try world.run(["user", "add", "Ada", "--team", "Desk"]).mustSucceed()
    let arguments = ["team", "role", "Desk", "--add", "Administrator"]
    let dry = try world.run(arguments + ["--dry-run", "--json"])
    #expect(try dry.object()["takesTwo"] == .bool(true))
    let asked = try world.run(arguments + ["--yes"])
    #expect(asked.status == 75, "\(asked.output)\(asked.errors)")
    #expect(asked.output.contains("! user “Ada” becomes Administrator"))
    #expect(try world.run(["team", "show", "Desk", "--json"]).object()["roles"]?.count == 0)
    let number = try #require(asked.errors.firstMatch(of: /proposal (\d+)/)).1
    let shown = try world.program.run(
      "inbox", "show", String(number), environment: TwoAdministrators.second)
    #expect(
      shown.output.contains("\nby command\n  popsec team role Desk --add Administrator\n"), "\(shown.output)")
  }
}
