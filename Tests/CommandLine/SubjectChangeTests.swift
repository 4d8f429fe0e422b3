import Foundation
import GRDB
import Testing

@Suite("Teams, accounts and roles by command")
struct SubjectChangeTests {
  @Test(
    "a change that gives, takes, renames or deletes is shown with its effect, asked about, made and undone",
    arguments: [
      ChangeCase(
        arguments: ["team", "rename", "Mexico", "México"],
        shown: ["team.edit  team Mexico", "+ México", "changes nobody's access"]),
      ChangeCase(
        arguments: ["team", "delete", "Mexico"], shown: ["API user “Portal” loses Sales Orders of MX"]),
      ChangeCase(
        arguments: ["team", "role", "Desk", "--add", "APIReader", "--until", "2120-01-01"],
        shown: ["team.roles  team Desk", "+ APIReader until 2120-01-01T00:00:00Z"]),
      ChangeCase(
        arguments: ["team", "role", "Mexico", "--remove", "WidgetReader", "--add", "APIReader"],
        shown: ["- WidgetReader", "+ APIReader", "gains Items of MX"]),
      ChangeCase(
        arguments: ["team", "member", "Mexico", "--add-api-user", "Kiosk", "--remove-api-user", "Portal"],
        shown: ["API user “Kiosk” gains Sales Orders of MX", "API user “Portal” loses Sales Orders of MX"]),
      ChangeCase(
        arguments: ["team", "member", "Mexico", "--add-api-user", "Kiosk", "--until", "2120-01-01"],
        shown: ["API user “Kiosk” gains Sales Orders of MX (Business Central) until 2120-01-01 00:00 UTC"]),
      ChangeCase(
        arguments: ["api-user", "team", "Kiosk", "--add", "Mexico", "--add", "Desk"],
        shown: ["team.addMember  team Mexico", "API user “Kiosk” gains Sales Orders of MX"]),
      ChangeCase(
        arguments: ["api-user", "team", "Portal", "--remove", "mexico"], shown: ["loses Sales Orders of MX"]),
      ChangeCase(
        arguments: ["api-user", "role", "Portal", "--add", "APIReader"],
        shown: ["apiUser.roles  API user Portal", "gains Items of MX"]),
      ChangeCase(
        arguments: ["api-user", "duplicate", "Portal", "Portal 2"],
        shown: ["apiUser.add  API user Portal 2", "API user “Portal 2” gains Sales Orders of MX"]),
      ChangeCase(
        arguments: ["team", "duplicate", "Mexico", "Sonora"],
        shown: ["team.add  team Sonora", "team.grant  team Sonora", "changes nobody's access"]),
      ChangeCase(
        arguments: ["team", "duplicate", "Mexico", "Sonora", "--with-members"],
        shown: ["team.addMember  team Sonora", "+ Portal"]),
      ChangeCase(
        arguments: [
          "role", "set", "Helpdesk", "--permission", "tokens.copy", "--permission", "security.read",
        ],
        shown: ["role.edit  role Helpdesk", "+ security.read, tokens.copy"]),
      ChangeCase(arguments: ["role", "rename", "Helpdesk", "Service Desk"], shown: ["+ Service Desk"]),
      ChangeCase(arguments: ["role", "delete", "helpdesk"], shown: ["role.delete  role Helpdesk"]),
    ])
  func changes(change: ChangeCase) throws { try change.check(in: try ChangeWorld()) }

  @Test(
    "what only makes a name or a description doesn't ask",
    arguments: [
      ChangeCase(
        arguments: ["team", "add", "Sales US", "--description", "of the north"],
        shown: ["team.add  team Sales US", "+ of the north"], asks: false),
      ChangeCase(
        arguments: ["team", "describe", "Desk", "answers the phone"], shown: ["+ answers the phone"],
        asks: false),
      ChangeCase(
        arguments: ["role", "add", "Auditor", "--permission", "audit.read"],
        shown: ["role.add  role Auditor", "+ audit.read"], asks: false),
    ])
  func names(change: ChangeCase) throws { try change.check(in: try ChangeWorld()) }

  @Test("what is like that already changes nothing, asks nothing and writes no row")
  func nothing() throws {
    let world = try ChangeWorld()
    let before = try world.state()
    for arguments in [
      ["team", "rename", "Mexico", "Mexico"], ["team", "describe", "Desk", ""],
      ["team", "role", "Mexico", "--add", "widgetreader"], ["team", "role", "Desk", "--remove", "APIReader"],
      ["team", "member", "Mexico", "--add-api-user", "Portal"],
      ["team", "member", "Mexico", "--remove-api-user", "Kiosk"],
      ["api-user", "team", "Portal", "--add", "Mexico"], ["api-user", "team", "Kiosk", "--remove", "Mexico"],
      ["api-user", "role", "Kiosk", "--remove", "APIReader"],
      ["role", "set", "Helpdesk", "--permission", "security.read"],
      ["role", "rename", "Helpdesk", "Helpdesk"],
    ] {
      let outcome = try world.run(arguments)
      outcome.mustSucceed()
      #expect(outcome.output == "nothing to do: all is like that already\n", "\(arguments)")
    }
    #expect(try world.state() == before)
  }

  @Test("what is wrong is refused with a hint, and nothing is changed")
  func wrong() throws {
    let world = try ChangeWorld()
    let before = try world.state()
    let cases: [([String], Int32, String)] = [
      (["team", "add", "mexico"], 65, "choose another"), (["team", "add", ""], 65, "given was"),
      (["team", "rename", "Mexic", "x"], 66, "did you mean “Mexico”?"),
      (["team", "rename", "Desk", "MEXICO"], 65, "choose another"),
      (["team", "duplicate", "Desk", "MEXICO"], 65, "choose another"),
      (["team", "duplicate", "Des", "x"], 66, "did you mean “Desk”?"),
      (["team", "describe", "Desk", String(repeating: "x", count: 501)], 65, "at most 500 characters"),
      (["team", "delete", "Nobody"], 66, "the list commands show them"),
      (["team", "role", "Desk", "--add", "Reader"], 66, "there are Administrator"),
      (["team", "role", "Desk"], 64, "usage:"), (["team", "member", "Desk"], 64, "usage:"),
      (["team", "role", "Desk", "--remove", "APIReader", "--until", "+1d"], 64, "usage:"),
      (["team", "member", "Desk", "--remove-user", "x", "--until", "+1d"], 64, "usage:"),
      (["team", "member", "Desk", "--add-api-user", "Porta"], 66, "did you mean “Portal”?"),
      (["team", "member", "Desk", "--add-user", "Portal"], 66, "the list commands show them"),
      (["api-user", "team", "Portal", "--add", "Des"], 66, "did you mean “Desk”?"),
      (["api-user", "team", "Portal", "--add", "Desk", "--until", "2020-01-01"], 65, "give a later --until"),
      (["api-user", "duplicate", "Portal", "kiosk"], 65, "choose another"),
      (["api-user", "duplicate", "Porta", "x"], 66, "did you mean “Portal”?"),
      (["role", "add", "Auditor"], 64, "usage:"), (["role", "set", "Helpdesk"], 64, "usage:"),
      (["role", "add", "Auditor", "--permission", "audit.raed"], 66, "did you mean “audit.read”?"),
      (["role", "add", "administrator", "--permission", "audit.read"], 65, "choose another name"),
      (
        ["role", "set", "WidgetReader", "--permission", "audit.read"], 65, "role add makes a role of your own"
      ),
      (["role", "delete", "Administrator"], 65, "role add makes a role of your own"),
      (["role", "rename", "Helpdsk", "x"], 66, "there are Administrator"),
    ]
    for (arguments, status, hint) in cases {
      let outcome = try world.run(arguments + ["--yes"])
      outcome.mustFail(status)
      #expect(outcome.errors.contains(hint), "\(arguments)\n\(outcome.errors)")
    }
    #expect(try world.state() == before)
  }

  @Test("a duplicate has the teams, roles and grants with their times, and no token")
  func duplicates() throws {
    let world = try ChangeWorld()
    try world.run(["token", "add", "Portal", "t"]).mustSucceed()
    try world.run(["api-user", "role", "Portal", "--add", "APIReader", "--until", "2120-01-01", "--yes"])
      .mustSucceed()
    try world.run([
      "grant", "add", "--api-user", "Portal", "--connector", "Business Central", "--list", "A", "--role",
      "User",
      "--from", "2120-01-01", "--yes",
    ]).mustSucceed()
    try world.run(["api-user", "duplicate", "Portal", "Copy", "--yes"]).mustSucceed()
    let original = try world.run(["api-user", "show", "Portal", "--json"]).object()
    let copy = try world.run(["api-user", "show", "Copy", "--json"]).object()
    for key in ["teams", "roles", "enabled"] { #expect(copy[key] == original[key], "\(key)") }
    #expect(copy["grants"]?[0]?["lists"] == original["grants"]?[0]?["lists"])
    #expect(copy["grants"]?[0]?["from"]?.text == "2120-01-01T00:00:00Z")
    #expect(original["tokens"]?.count == 1 && copy["tokens"]?.count == 0)
  }

  @Test("what has never asked goes on so, and only shows what it would do with --dry-run")
  func asBefore() throws {
    let world = try ChangeWorld()
    let security = try world.security()
    for arguments in [
      ["api-user", "rename", "Portal", "Door"], ["api-user", "disable", "Portal"],
      ["api-user", "delete", "Portal"], ["user", "role", "root", "--add", "TokenOperator"],
    ] {
      let dry = try world.run(arguments + ["--dry-run"])
      dry.mustSucceed()
      #expect(dry.output.contains("effect on access"), "\(dry.output)")
    }
    #expect(try world.security() == security)
    try world.run(["api-user", "disable", "Portal", "--yes"]).mustSucceed()
    try world.run(["api-user", "enable", "Portal"]).mustSucceed()
    try world.run(["api-user", "rename", "Portal", "Door", "--yes"]).mustSucceed()
  }

  @Test("a role of one's own that has the name of a new built-in role is told of, and can be renamed")
  func shadowedRole() throws {
    let world = try ChangeWorld()
    try DatabaseQueue(path: world.program.database).write { database in
      try database.execute(
        sql:
          "UPDATE role SET name = 'SecurityRequester', name_key = 'securityrequester' WHERE name = 'Helpdesk'"
      )
    }
    #expect(
      try world.run(["doctor"]).output.contains(
        "your role “SecurityRequester” has the name of a built-in role"))
    try world.run(["role", "rename", "securityrequester", "Helpdesk", "--yes"]).mustSucceed()
    #expect(try !world.run(["doctor"]).output.contains("has the name of a built-in role"))
    try world.run(["role", "rename", "SecurityRequester", "Own", "--yes"]).mustFail(65)
  }

  @Test("deleting at a terminal asks for the name", arguments: [("Desk", true), ("desk", false)])
  func terminal(answer: String, isDone: Bool) throws {
    let world = try ChangeWorld()
    let session = try TerminalSession(world.program, "team", "delete", "Desk")
    try session.expect("to delete this team, type its name (Desk): ")
    session.type(answer + "\n")
    #expect(session.wait() == (isDone ? 0 : 64))
    #expect(try world.run(["team", "show", "Desk"]).status == (isDone ? 66 : 0))
  }
}
