import Foundation
import Glibc
import Testing

@Suite("Something is done with many at once")
struct BulkTests {
  let program: Program

  init() throws {
    program = try .filled("portals") { program in
      for name in ["Portal MX", "Portal US", "Shop"] {
        try program.run("api-user", "add", name, "--token", "t").mustSucceed()
      }
      try program.run("api-user", "disable", "Shop").mustSucceed()
    }
  }

  private func listed(_ kind: String = "api-user") throws -> [String: JSONValue] {
    let rows = try program.run(kind, "list", "--json").object().elements
    return Dictionary(uniqueKeysWithValues: rows.map { ($0["name"]?.text ?? "", $0) })
  }

  private func enabled(_ kind: String = "api-user") throws -> Set<String> {
    Set(try listed(kind).filter { $0.value["enabled"] == .bool(true) }.keys)
  }

  private func auditCount() throws -> Int {
    try program.run("audit", "list", "--limit", "1000", "--json").object().count
  }

  private static let cases: [(targets: [String], input: String, enabled: Set<String>)] = [
    (["--matching", "portal"], "", []),
    (["--matching", "us"], "", ["Portal MX"]),
    (["--all"], "", []),
    (["Portal MX"], "", ["Portal US"]),
    (["portal us", "Portal MX", "PORTAL US"], "", []),
    (["--names-file", "-"], "Portal MX\n\n", ["Portal US"]),
    (["--names-file", "-"], "Portal US\r\nShop", ["Portal MX"]),
    (["--matching", "nobody"], "", ["Portal MX", "Portal US"]),
    (["Shop"], "", ["Portal MX", "Portal US"]),
  ]

  @Test("a bulk action is for those who are meant, and no others", arguments: cases)
  func targets(targets: [String], input: String, enabled: Set<String>) throws {
    let before = try auditCount()
    try program.run(["api-user", "bulk", "disable", "--yes"] + targets, input: input).mustSucceed()
    #expect(try self.enabled() == enabled)
    #expect(try auditCount() - before == 2 - enabled.count)
  }

  @Test("each action does what it says")
  func actions() throws {
    try program.run("api-user", "bulk", "enable", "--all", "--yes").mustSucceed()
    #expect(try enabled() == ["Portal MX", "Portal US", "Shop"])
    // No command can add a team, so a security file does.
    let team = "popsec: 1\nteams:\n  - name: Sales\n"
    try program.run("apply", "--yes", "-", input: team).mustSucceed()
    let joined = try program.run("api-user", "bulk", "add-to-team", "--team", "sales", "--all", "--yes")
    joined.mustSucceed()
    #expect(joined.output.contains("Add 3 API users to the team \u{201C}Sales\u{201D}"))
    #expect(try listed().values.allSatisfy { $0["teams"] == .array([.string("Sales")]) })
    try program.run("api-user", "bulk", "set-expiry", "--expires", "2099-01-01", "--all", "--yes")
      .mustSucceed()
    #expect(try listed().values.allSatisfy { $0["nextExpiry"] == .string("2099-01-01T00:00:00Z") })
    let revoked = try program.run("api-user", "bulk", "revoke-tokens", "Portal MX", "Shop", "--yes")
    revoked.mustSucceed()
    #expect(revoked.output.contains("2 tokens are revoked for good"))
    #expect(
      try listed().filter { $0.value["liveTokens"] == .number(0) }.keys.sorted() == ["Portal MX", "Shop"])
  }

  @Test("rights are copied, copies made, members taken out and accounts deleted")
  func copying() throws {
    try program.run("team", "add", "Sales").mustSucceed()
    try program.run("api-user", "team", "Shop", "--add", "Sales", "--yes").mustSucceed()
    try program.run("api-user", "role", "Shop", "--add", "APIReader", "--yes").mustSucceed()
    try program.run("api-user", "role", "Portal MX", "--add", "WidgetReader", "--yes").mustSucceed()
    func bulk(_ arguments: String...) throws -> String {
      let outcome = try program.run(["api-user", "bulk"] + arguments + ["--yes"])
      outcome.mustSucceed()
      return outcome.output
    }
    func roles(_ name: String) throws -> [String] {
      try program.run("api-user", "show", name, "--json").object()["roles"]?.elements
        .compactMap(\.text).sorted() ?? []
    }
    let given = try bulk("copy-rights", "--rights-of", "shop", "--matching", "portal")
    #expect(given.contains("Give 2 API users also the rights of “Shop”"), "\(given)")
    #expect(try roles("Portal MX") == ["APIReader", "WidgetReader"] && roles("Portal US") == ["APIReader"])
    #expect(
      try bulk("copy-rights", "--rights-of", "Shop", "--replace", "--all").contains("Give 1 API user the"))
    #expect(try roles("Portal MX") == ["APIReader"])
    #expect(try bulk("duplicate", "Shop", "Portal US").contains("named with “ copy” at the end"))
    #expect(try listed()["Portal US copy"]?["teams"] == .array([.string("Sales")]))
    let again = try program.run("api-user", "bulk", "duplicate", "--all", "--suffix", " COPY", "--yes")
    again.mustFail(65)
    #expect(again.errors.contains("“Portal US copy”, “Shop copy”"), "\(again.errors)")
    #expect(try bulk("remove-from-team", "--team", "Sales", "--all").contains("Remove 5 API users from"))
    #expect(try bulk("delete", "Shop copy", "Portal US").contains("1 tokens are revoked for good"))
    #expect(try Set(listed().keys) == ["Portal MX", "Shop", "Portal US copy"])
  }

  @Test("bulk actions work with users as with API users")
  func users() throws {
    for name in ["Ada", "Otto", "Sue"] { try program.run("user", "add", name).mustSucceed() }
    try program.run("user", "bulk", "disable", "Sue", "otto", "--yes").mustSucceed()
    #expect(try enabled("user").intersection(["Ada", "Otto", "Sue"]) == ["Ada"])
    #expect(try enabled() == ["Portal MX", "Portal US"])
  }

  private static let tokenCases: [(arguments: [String], live: Int)] = [
    (["revoke", "--where", "api-user:\"Portal MX\""], 2), (["revoke", "--all"], 0),
    (["disable", "--where", "state:revoked"], 3), (["disable", "--all"], 0), (["enable", "--all"], 3),
    (["set-expiry", "--all", "--expires", "never"], 3),
  ]

  @Test("bulk actions work with tokens by conditions", arguments: tokenCases)
  func tokens(arguments: [String], live: Int) throws {
    let tried = try program.run(["token", "bulk"] + arguments + ["--dry-run"])
    tried.mustSucceed()
    try program.run(["token", "bulk"] + arguments + ["--yes"]).mustSucceed()
    let rows = try program.run("token", "list", "--json").object().elements
    #expect(rows.filter { $0["state"] == .string("live") }.count == live, "\(rows)")
    if arguments[0] == "set-expiry" { #expect(rows.allSatisfy { $0["expires"] == .string("never") }) }
  }

  @Test("tokens are chosen by their ids, and an unknown one stops all")
  func tokensByID() throws {
    let ids = try program.run("token", "list", "--json").object().elements.compactMap { $0["id"]?.text }
    let told = try program.run(
      ["token", "bulk", "disable", "--yes", "--json"] + ids.prefix(2).flatMap { ["--id", $0] }
    ).object()
    #expect(told.keys == ["action", "meant", "tokens", "applied", "effect"])
    #expect(told["tokens"]?.count == 2 && told["applied"] == .bool(true))
    for (arguments, status, reason) in [
      (["disable", "--yes"], 64, "say with which"),
      (["disable", "--all", "--id", ids[0]], 64, "say with which"),
      (["revoke", "--yes", "--id", ids[0], "--id", "none"], 66, "no token"),
      (["set-expiry", "--all"], 64, "set-expiry needs --expires"), (["revoke", "--all"], 64, "no terminal"),
    ] as [([String], Int32, String)] {
      let outcome = try program.run(["token", "bulk"] + arguments)
      #expect(outcome.status == status && outcome.errors.contains(reason), "\(outcome.errors)")
    }
    let states = try program.run("token", "list", "--json").object().elements.map { $0["state"]?.text }
    #expect(states.filter { $0 == "live" }.count == 1)
  }

  @Test("the JSON tells under stable keys what was done, and in a dry run what would be done")
  func json() throws {
    for (arguments, isDone) in [(["--dry-run"], false), (["--dry-run", "--yes"], false), (["--yes"], true)] {
      let told = try program.run(["api-user", "bulk", "disable", "--all", "--json"] + arguments).object()
      #expect(told.keys == ["action", "kind", "meant", "accounts", "tokens", "applied", "effect"])
      #expect(told["action"] == .string("disable"))
      #expect(told["kind"] == .string("apiUser"))
      #expect(told["meant"] == .number(3))
      let ids = try listed().filter { $0.key != "Shop" }.compactMap { $0.value["id"] }
      #expect(Set(told["accounts"]?.elements ?? []) == Set(ids))
      #expect(told["applied"] == .bool(isDone))
      #expect(try enabled().isEmpty == isDone)
    }
    let again = try program.run("api-user", "bulk", "disable", "--all", "--yes", "--json").object()
    #expect(again["accounts"] == .array([]))
    #expect(again["applied"] == .bool(false))
  }

  @Test(
    "a selection that can't be meant changes nothing, and is refused with the reason",
    arguments: [
      // There is neither a terminal to ask, nor --yes.
      (["disable", "--all"], "", 64, "no terminal to ask"),
      (["disable", "--names-file", "-"], "Shop\nPortal MX\n", 64, "no terminal to ask"),
      (["disable", "--yes"], "", 64, "say with whom"),
      (["disable", "--yes", "--all", "Shop"], "", 64, "say with whom"),
      (["disable", "--yes", "--matching", ""], "", 64, "--matching needs"),
      (
        ["disable", "--yes", "--all", "--team", "Sales"], "", 64,
        "add-to-team and remove-from-team need --team"
      ),
      (["add-to-team", "--yes", "--all"], "", 64, "add-to-team and remove-from-team need --team"),
      (["set-expiry", "--yes", "--all"], "", 64, "set-expiry needs --expires"),
      (["set-expiry", "--yes", "--all", "--expires", "soon"], "", 65, "no time"),
      (["add-to-team", "--yes", "--all", "--team", "None"], "", 66, "no team"),
      (["remove-from-team", "--yes", "--all"], "", 64, "remove-from-team need --team"),
      (["copy-rights", "--yes", "--all"], "", 64, "copy-rights needs --rights-of"),
      (["copy-rights", "--yes", "--all", "--rights-of", "None"], "", 66, "no API user"),
      (["disable", "--yes", "--all", "--replace"], "", 64, "--replace is for copy-rights"),
      (["disable", "--yes", "--all", "--suffix", "x"], "", 64, "--suffix is for duplicate"),
      (["duplicate", "--yes", "--all", "--suffix", " "], "", 65, "a suffix must not be empty"),
      (["purge", "--yes", "--all"], "", 64, "purge"),
      (["disable", "--yes", "Portal MX", "Portal U"], "", 66, "no API user named"),
      (["disable", "--yes", "--names-file", "-"], "Portal MX\nPortal U\n", 66, "standard input:2: "),
      (["disable", "--yes", "--names-file", "-"], "Portal MX\n\u{202E}\n", 65, "standard input:2: "),
      (["disable", "--yes", "--names-file", "-"], "\n\n", 65, "names nobody"),
      (["disable", "--yes", "--names-file", "/nowhere"], "", 66, "can't be read"),
    ] as [([String], String, Int32, String)])
  func refuses(arguments: [String], input: String, status: Int32, reason: String) throws {
    let before = try auditCount()
    let outcome = try program.run(["api-user", "bulk"] + arguments, input: input)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(reason) && outcome.errors.contains("\nhint: "), "\(outcome.errors)")
    #expect(try enabled() == ["Portal MX", "Portal US"])
    #expect(try auditCount() == before)
  }

  @Test("a Token ID among the names is not repeated")
  func secret() throws {
    let secret = try program.run("token", "reveal", "Shop", "t", reveals: true).output.dropLast()
    for line in [String(secret), String(secret.dropLast(4)), "x" + secret] {
      let outcome = try program.run("api-user", "bulk", "disable", "--yes", "--names-file", "-", input: line)
      outcome.mustFail(65)
      let isRepeated = outcome.errors.contains(secret.dropFirst(4).prefix(12))
      #expect(!isRepeated)
    }
  }

  @Test(
    "at a terminal the count is typed, after the plan",
    arguments: [
      ("2\r", 0, []), ("3\r", 64, ["Portal MX", "Portal US"]), ("\r", 64, ["Portal MX", "Portal US"]),
      ("y\r", 64, ["Portal MX", "Portal US"]), ("\u{4}", 64, ["Portal MX", "Portal US"]),
    ] as [(String, Int32, Set<String>)])
  func asks(answer: String, status: Int32, enabled: Set<String>) throws {
    let session = try TerminalSession(program, "api-user", "bulk", "disable", "--all")
    try session.expect("Disable 2 API users")
    try session.expect("Portal MX, Portal US")
    try session.expect("type how many (2): ")
    session.type(answer)
    #expect(session.wait() == status)
    #expect(try self.enabled() == enabled)
  }

  @Test("where one change can't be made, none is")
  func allOrNone() throws {
    try program.run("user", "add", "Ada", "--role", "Administrator").mustSucceed()
    try program.run("user", "add", "Bea").mustSucceed()
    let before = try enabled("user")
    let outcome = try program.run("user", "bulk", "disable", "--all", "--yes")
    #expect(outcome.status != 0 && outcome.errors.contains("Administrator"), "\(outcome.errors)")
    #expect(try enabled("user") == before)
  }
}
