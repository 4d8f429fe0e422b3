import Foundation
import Glibc
import Testing

@Suite("Laws by command")
struct LawTests {
  static let central = ["--connector", "Business Central"]
  /// Nobody sees Mexico and the US, which holds in the world.
  static let apart =
    ["law", "add", "one country", "--reason", "audit", "--apart", "--all-api-users"] + central
    + ["--company", "MX", "--and-company", "US"]
  /// Broken by Portal.
  static let never =
    ["law", "add", "no stock", "--reason", "audit", "--never", "--all-api-users"] + central
    + ["--list", "Items"]

  @Test("a law is shown with what it meets, asked about, added once, and undone")
  func adding() throws {
    let world = try ChangeWorld()
    let before = try world.state()
    let dry = try world.run(Self.apart + ["--dry-run"])
    dry.mustSucceed()
    for text in ["one country", "API users never see both", "the law holds now", "changes nobody's access"] {
      #expect(dry.output.contains(text), "\(text)\n\(dry.output)")
    }
    #expect(try world.run(Self.apart).status == 64)
    #expect(try world.state() == before)
    let made = try world.run(Self.apart + ["--yes"])
    made.mustSucceed()
    #expect(made.output.contains("\ndone: "))
    #expect(try world.run(["law", "list"]).output.contains("one country"))
    let bare = ["law", "add", "no reason", "--owned", "--label", "env=prod", "--dry-run"]
    try world.run(bare).mustSucceed()
    try world.run(Self.apart + ["--yes"]).mustFail(65)
    try world.run(["undo", "--yes"]).mustSucceed()
    #expect(try world.run(["law", "list", "--json"]).object() == .array([]))
    let json = try world.run(Self.apart + ["--yes", "--json"]).object()
    #expect(json["applied"] == .bool(true))
  }

  @Test("a law is changed part by part, and what changes nothing asks nothing")
  func setting() throws {
    let world = try ChangeWorld()
    try world.run(Self.apart + ["--except", "Kiosk=+14d", "--yes"]).mustSucceed()
    func law() throws -> JSONValue { try world.run(["law", "list", "--json"]).object()[0] ?? .null }
    try world.run(["law", "set", "ONE COUNTRY", "--watch", "--reason", "new", "--yes"]).mustSucceed()
    #expect(try law()["mode"]?.text == "watch")
    #expect(try law()["reason"]?.text == "new")
    #expect(try law()["exceptions"]?.count == 1)
    let same = try world.run(["law", "set", "one country", "--watch"])
    same.mustSucceed()
    #expect(same.output == "nothing to do: all is like that already\n")
    try world.run(
      ["law", "set", "one country", "--remove-exception", "kiosk", "--except", "Portal=2120-01-01", "--yes"]
    ).mustSucceed()
    #expect(try law()["exceptions"]?[0]?["apiUser"]?.text == "Portal")
    try world.run(["law", "set", "one country", "--all-users", "--within", "Mexico", "--enforce", "--yes"])
      .mustSucceed()
    #expect(try law()["form"]?.text == "within")
    #expect(try world.run(["law", "remove", "one country"]).status == 64)
    try world.run(["law", "remove", "one country", "--yes"]).mustSucceed()
    try world.run(["undo", "--yes"]).mustSucceed()
    #expect(try law()["name"]?.text == "one country")
  }

  @Test("a broken law is refused with a counterexample, and taken where it only watches")
  func broken() throws {
    let world = try ChangeWorld()
    for options in [["--yes"], ["--dry-run"]] {
      let refused = try world.run(Self.never + options)
      refused.mustFail(65)
      #expect(
        refused.errors.contains("API user “Portal” can see Items of MX (Business Central), by team:Mexico"))
      #expect(
        refused.errors.contains("popsec explain --api-user Portal --api --connector 'Business Central'"))
    }
    let watched = try world.run(Self.never + ["--watch", "--yes"])
    watched.mustSucceed()
    #expect(watched.output.contains("! the law is broken now: API user “Portal”"))
    try world.run(["law", "set", "no stock", "--enforce", "--yes"]).mustFail(65)
    try world.run(["law", "set", "no stock", "--reason", "another", "--yes"]).mustSucceed()
  }

  @Test("law check tells each breach with the commands that show it, marks laws that watch, and exits with 1")
  func checking() throws {
    let world = try ChangeWorld()
    let empty = try world.run(["law", "check"])
    empty.mustSucceed()
    #expect(empty.output == "0 laws: all hold\n")
    try world.run(Self.apart + ["--yes"]).mustSucceed()
    try world.run(Self.never + ["--watch", "--yes"]).mustSucceed()
    let outcome = try world.run(["law", "check"])
    #expect(outcome.status == 1 && outcome.errors == "")
    for text in ["broken: no stock (watch): API user “Portal”", "holds: one country", "2 laws: 1 broken"] {
      #expect(outcome.output.contains(text), "\(text)\n\(outcome.output)")
    }
    try world.run(["law", "check", "one country"]).mustSucceed()
    let breach = try world.run(["law", "check", "--json"]).object()[0]
    #expect(breach?["breaker"]?.text == "apiUser:Portal")
    let command = try #require(breach?["commands"]?[0]?.text)
    let shown = try world.program.run(
      ["-c", "\(Program.path) \(command.dropFirst("popsec ".count))"], by: "/bin/sh")
    #expect(shown.contains("Mexico"), "\(shown)")
  }

  @Test("of many breaches the first are told, and all where that is asked")
  func many() throws {
    let world = try ChangeWorld()
    let names = (0..<25).map { "Shop \($0)" }
    for name in names { try world.run(["api-user", "add", name]).mustSucceed() }
    try world.run(["law", "add", "owned", "--reason", "x", "--owned", "--all-api-users", "--watch", "--yes"])
      .mustSucceed()
    let first = try world.run(["law", "check"])
    #expect(first.output.components(separatedBy: "broken: owned").count == 21)
    #expect(first.output.contains("owned: and 7 more: popsec law check --all -- owned"))
    let all = try world.run(["law", "check", "--all"])
    #expect(all.output.components(separatedBy: "broken: owned").count == 28)
    #expect(try world.run(["law", "check", "--all", "--json"]).object().count == 27)
    #expect(try world.run(["law", "list", "--check", "--json"]).object()[0]?["breaches"] == .number(27))
  }

  @Test(
    "law show prints what law add --file and law set --file read, with names that nothing has in comments")
  func showing() throws {
    let world = try ChangeWorld()
    let law =
      [
        "law", "add", "future", "--reason", "it's: \"so\"", "--never", "--api-user", "Nobody", "--user-team",
        "Desk",
      ]
      + Self.central + ["--list", "Payroll", "--action", "Payroll: Pay", "--all-details"]
    let made = try world.run(law + ["--except", "a=b=+1d", "--yes"])
    made.mustSucceed()
    for text in ["API user “Nobody”", "list “Payroll”", "API user “a=b”"] {
      #expect(made.output.contains(text), "\(text)\n\(made.output)")
    }
    let shown = try world.run(["law", "show", "future"])
    shown.mustSucceed()
    #expect(shown.output.contains("# nothing so far is the list “Payroll”"))
    let json = try world.run(["law", "show", "future", "-o", "json"]).output
    try world.run(["law", "remove", "future", "--yes"]).mustSucceed()
    try world.program.run(["law", "add", "--file", "-", "--yes"], input: shown.output).mustSucceed()
    #expect(try world.run(["law", "show", "future", "-o", "json"]).output == json)
    let set = try world.program.run(["law", "set", "future", "--file", "-"], input: json)
    set.mustSucceed()
    #expect(set.output == "nothing to do: all is like that already\n")
    try world.program.run(
      ["law", "set", "future", "--file", "-"], input: json.replacing("future", with: "other")
    )
    .mustFail(65)
  }

  @Test("law explain tells whom the law means, and why it holds or what breaks it")
  func explaining() throws {
    let world = try ChangeWorld()
    try world.run(Self.apart + ["--yes"]).mustSucceed()
    try world.run(Self.never + ["--watch", "--yes"]).mustSucceed()
    let law = try world.run(["law", "explain", "one country"])
    law.mustSucceed()
    #expect(law.output.contains("2 API users"))
    for (arguments, status, text) in [
      (
        ["one country", "--api-user", "Portal"], 0,
        "of MX (Business Central), by team:Mexico, and nothing of the other"
      ),
      (
        ["one country", "--api-user", "Portal"], 0,
        "the law holds for the API user “Portal”: it can see Sales Orders of MX"
      ),
      (["one country", "--api-user", "Kiosk"], 0, "it can see nothing of either part"),
      (["one country", "--user", "root"], 0, "the law does not mean the user “root”"),
      (["no stock", "--api-user", "Portal"], 1, "broken: API user “Portal” can see Items of MX"),
    ] as [([String], Int32, String)] {
      let outcome = try world.run(["law", "explain"] + arguments)
      #expect(outcome.status == status, "\(arguments)")
      #expect(outcome.output.contains(text), "\(outcome.output)")
    }
    try world.run(["law", "set", "no stock", "--except", "Portal=2999-01-01", "--yes"]).mustSucceed()
    let excepted = try world.run(["law", "explain", "no stock", "--api-user", "Portal"])
    #expect(excepted.status == 1, "the grant outlasts the exception")
  }

  @Test("law explain says where a law holds only by an exception")
  func excepted() throws {
    let world = try ChangeWorld()
    let days = ["law", "add", "ends", "--api-user", "Portal", "--max-days", "1", "--watch", "--yes"]
    try world.run(["token", "add", "Portal", "short", "--expires", "2d"]).mustSucceed()
    try world.run(days + ["--except", "Portal=2999-01-01"]).mustSucceed()
    let outcome = try world.run(["law", "explain", "ends", "--api-user", "Portal"])
    outcome.mustSucceed()
    #expect(outcome.output.contains("only because it is excepted; otherwise: the token"), "\(outcome.output)")
    #expect(outcome.output.contains("it is excepted until 2999-01-01T00:00:00Z"))
  }

  @Test("law list finds laws by conditions, also where it looks how often they are broken")
  func listing() throws {
    let world = try ChangeWorld()
    try world.run(Self.apart + ["--yes"]).mustSucceed()
    try world.run(Self.never + ["--watch", "--yes"]).mustSucceed()
    for (text, names) in [
      ("kind:apart", ["one country"]), ("state:watch", ["no stock"]), ("connector:Nowhere", []),
      ("stock", ["no stock"]),
    ] as [(String, [String])] {
      for check in [[], ["--check"]] {
        let outcome = try world.run(
          ["law", "list", "--where", text, "--columns", "name", "--no-header", "-o", "csv"] + check)
        outcome.mustSucceed()
        #expect(outcome.output.split(separator: "\n").map(String.init) == names, "\(text)")
      }
    }
    try world.run(["law", "list", "--where", "kind:widget"]).mustFail(65)
  }

  @Test("a decoy that a law refuses for want of an owner is added with one")
  func ownedDecoy() throws {
    let world = try ChangeWorld()
    try world.run(["law", "add", "owned", "--owned", "--label", "env=prod", "--yes"]).mustSucceed()
    let decoy = ["token", "decoy", "--label", "env=prod"]
    let refused = try world.run(decoy)
    refused.mustFail(65)
    #expect(
      refused.errors.contains("hint: nothing was changed; an owner is given by --owner"), "\(refused.errors)")
    try world.run(decoy + ["--owner", "ops@example.com"]).mustSucceed()
  }

  @Test(
    "what a law says that its author may not have meant is told",
    arguments: [
      (
        ["--apart", "--all-api-users"] + central + ["--company", "US", "--and-list", "Sales Invoices"],
        "the two parts overlap"
      ),
      (
        ["--apart", "--all-api-users"] + central + ["--company", "US", "--and-company", "US"],
        "the two parts are the same"
      ),
      (["--within", "Desk", "--user-team", "Desk"], "the team is given no data by a grant of its own"),
      (["--within", "Nowhere", "--user-team", "Desk"], "the team does not exist"),
      (["--owned", "--label", "env=prod"], "the law means nobody at present"),
      (["--label", "env=prod", "--max-days", "30", "--unused-days", "90"], "is never unused for 90"),
      (
        ["--never", "--user-team", "Desk"] + central + [
          "--list", "Items", "--action", "Sales Orders: Release",
        ],
        "the law speaks of nothing"
      ),
      (["--within", "Mexico", "--all-users", "--except", "Portal=+1d"], "the law means no API user"),
    ] as [([String], String)])
  func remarks(form: [String], text: String) throws {
    let outcome = try ChangeWorld().run(["law", "add", "odd", "--reason", "x", "--dry-run"] + form)
    outcome.mustSucceed()
    #expect(outcome.output.contains(text), "\(outcome.output)")
  }

  @Test("what is wrong is refused with the reason and a hint")
  func refusals() throws {
    let world = try ChangeWorld()
    try world.run(Self.apart + ["--yes"]).mustSucceed()
    let add = ["law", "add", "x", "--reason", "y"]
    let cases: [(Int32, [String], String)] = [
      (66, ["law", "show", "one contry"], "did you mean “one country”?"),
      (66, ["law", "check", "nothing"], "there is no law named “nothing”"),
      (66, ["law", "remove", "nothing", "--yes"], "no law"),
      (66, ["law", "set", "one country", "--remove-exception", "Kiosk"], "no exception of “Kiosk”"),
      (64, ["law", "set", "one country"], "say what to change"), (64, add, "say what the law demands"),
      (64, add + ["--never", "--all-users"], "--connector"),
      (64, add + ["--owned"], "say whom the law means"),
      (64, add + ["--owned", "--never", "--all-users"], "a law says one thing"),
      (64, add + ["--apart", "--all-users"] + Self.central, "name the second part"),
      (64, add + ["--never", "--all-users", "--and-company", "US"] + Self.central, "go with --apart"),
      (64, ["law", "add", "--owned", "--all-api-users"], "give the law's name"),
      (65, add + ["--owned", "--all-users"], "users have no owner"),
      (65, add + ["--max-days", "0", "--all-users"], "0 days"),
      (65, add + ["--owned", "--label", "env"], "a label is written KEY=VALUE"),
      (65, add + ["--owned", "--all-api-users", "--except", "Portal"], "is no exception"),
      (65, add + ["--owned", "--all-api-users", "--except", "Portal=never"], "an exception has an end"),
      (65, add + ["--owned", "--all-api-users", "--except", "Portal=2020-01-01"], "write NAME=UNTIL"),
      (65, add + ["--never", "--all-users", "--action", "A: B: C"] + Self.central, "several actions"),
      (65, add + ["--never", "--all-users", "--action", "Release"] + Self.central, "names no action"),
      (66, ["law", "add", "--file", "nowhere.yaml"], "can't be read"),
    ]
    for (status, arguments, text) in cases {
      let outcome = try world.run(arguments)
      outcome.mustFail(status)
      #expect(outcome.errors.contains(text), "\(arguments)\n\(outcome.errors)")
    }
    for (file, text) in [
      ("[]", "a file with a law is a mapping"), ("name: x\nnevr: {}\n", "1:1"),
      ("name: x\n", "a law needs one of"),
      ("", "mapping"), ("name: x\nowned: {who: {users: all}}\n", "users have no owner"),
    ] {
      let outcome = try world.program.run(["law", "add", "--file", "-", "--yes"], input: file)
      #expect(outcome.status == 65, "\(file)")
      #expect(outcome.errors.contains(text), "\(outcome.errors)")
    }
  }

  @Test(
    "to change or remove a law waits for a second person where dual.laws says so; to add one does not",
    .enabled(if: getuid() == 0, "only root comes as somebody else"))
  func twoPeople() throws {
    let world = try ChangeWorld.takingTwo("dual.laws", "on")
    try world.run(Self.apart + ["--yes"]).mustSucceed()
    #expect(try world.run(["law", "set", "one country", "--watch", "--yes"]).status == 75)
    #expect(try world.run(["law", "remove", "one country", "--yes"]).status == 75)
    #expect(try world.run(["law", "list", "--json"]).object()[0]?["mode"]?.text == "enforce")
  }

  @Test("review and doctor list broken laws; one that only watches is no fault of the store")
  func reports() throws {
    let world = try ChangeWorld()
    #expect(try !world.run(["doctor"]).output.contains("laws"))
    try world.run(Self.apart + ["--yes"]).mustSucceed()
    #expect(try world.run(["doctor"]).output.contains("1 in all, each holds"))
    try world.run(Self.never + ["--watch", "--yes"]).mustSucceed()
    let review = try world.run(["review"])
    #expect(review.status == 1)
    #expect(
      review.output.contains("breaks the law “no stock” (watch): API user “Portal” can see Items of MX"))
    let found = try world.run(["review", "--json"]).object().elements.first { $0["law"] != nil }
    #expect(found?["law"]?.text == "no stock")
    let doctor = try world.run(["doctor", "--json"]).object().elements.filter {
      $0["subject"]?.text == "laws"
    }
    #expect(doctor.map { $0["verdict"]?.text } == ["note"])
  }
}

extension Program {
  /// What another program printed that was run with the same home and store.
  fileprivate func run(_ arguments: [String], by executable: String) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: executable)
    (process.arguments, process.environment) = (arguments, standardEnvironment)
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
