import Foundation
import Testing

@Suite("tests of access") struct TestCommandTests {
  let program: Program
  private let security: String

  init() throws {
    program = try .initialized()
    security = program.home + "/security.yaml"
    let more = """

        - {name: All knowing, roles: [Administrator]}
      users:
        - {name: ada, roles: [Administrator]}
        - {name: eve, grants: [{connector: Business Central, roles: [User], companies: [US], lists: [Items]}]}
      """
    try (CheckTests.file + more).write(
      toFile: security, atomically: true, encoding: .utf8)
    try program.run("apply", security, "--yes").mustSucceed()
  }

  private func file(_ tests: String, named name: String = "tests.yaml") throws -> String {
    let path = program.home + "/" + name
    try ("popsecTest: 1\ntests:\n" + tests).write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private static let mexico = "check: {apiUser: Portal Mexico, widget: Sales MX, company: MX}"
  private static let america = "check: {apiUser: Portal Mexico, widget: Sales MX, company: US}"
  private static let orders = "viewers: {connector: Business Central, company: MX, list: Sales Orders}"
  private static let access = "access: {apiUser: Portal Mexico}"

  @Test(
    "a test holds or differs",
    arguments: [
      (mexico, "allow", nil), (america, "deny", nil), (america, "{decision: deny, step: grant}", nil),
      (mexico, "deny", "expected deny, but it is allowed"),
      (america, "allow", "expected allow, but it is denied at the step grant"),
      (america, "{decision: deny, step: surface}", "at the step surface, but it is at the step grant"),
      (mexico, "{decision: allow, pairs: [{company: mx, list: sales orders}]}", nil),
      (mexico, "{decision: allow, pairs: []}", "“Sales Orders of MX” is allowed, too"),
      (
        mexico, "{decision: allow, pairs: [{company: MX, list: Sales Orders}, {list: Items}]}",
        "“items” is not allowed"
      ),
      ("check: {apiUser: Nobody, widget: Sales MX}", "deny", "there is no API user"),
      ("check: {apiUser: Portal Mexico, widget: None}", "{decision: deny, step: catalogue}", nil),
      (orders, "{only: ['team:Mexico', 'apiUser:All knowing']}", nil),
      (orders, "{only: ['apiUser:Portal Mexico', 'apiUser:All knowing']}", nil),
      (orders, "{only: ['team:Mexico']}", "“apiUser:All knowing” may see it, too"),
      (orders, "{only: []}", "“apiUser:All knowing” may see it, too (and 1 more)"),
      (
        "viewers: {connector: Business Central, company: MX, list: Items}", "{only: ['apiUser:All knowing']}",
        nil
      ),
      (
        "viewers: {connector: Business Central, list: Items}", "{only: ['apiUser:All knowing']}",
        "“user:eve” may see it, too"
      ),
      ("viewers: {connector: Business Central, list: None}", "{only: []}", "there is no list"),
      ("viewers: {connector: Business Central, list: Items}", "{only: ['team:None']}", "there is no team"),
      (access, "{connectors: [Business Central], companies: [MX]}", nil),
      (access, "{companies: [US]}", "“MX (Business Central)” is seen, too"),
      (access, "{connectors: []}", "“Business Central” is seen, too"),
      ("access: {team: Mexico, at: 2020-01-01T00:00:00Z}", "{companies: [MX]}", nil),
    ] as [(String, String, String?)])
  func decides(question: String, expected: String, difference: String?) throws {
    let path = try file("  - \(question)\n    expect: \(expected)\n")
    for arguments in [["test", path], ["test", path, "--file", security]] {
      let outcome = try program.run(arguments)
      #expect(outcome.status == (difference == nil ? 0 : 1), "\(outcome)")
      #expect(outcome.output.contains(difference ?? "1 test: all hold"), "\(outcome.output)")
      #expect(outcome.errors == "")
    }
  }

  @Test(
    "what is wrong with a file is told with its place",
    arguments: [
      ("  - expect: allow\n", "3:5: a test has one of check, viewers and access"),
      ("  - \(mexico)\n", "3:5: a test needs the key"),
      ("  - \(mexico)\n    expect: perhaps\n", "4:13: there is no decision"),
      ("  - \(mexico)\n    expect: {decision: allow, step: grant}\n", "a step belongs to deny"),
      ("  - \(america)\n    expect: {decision: deny, pairs: []}\n", "pairs belong to allow"),
      ("  - check: {apiUser: A, widgit: B}\n    expect: allow\n", "did you mean"),
      ("  - check: {apiUser: A}\n    expect: allow\n", "one of widget, endpoint and api"),
      ("  - \(orders)\n    expect: {only: [Mexico]}\n", "write team:NAME, user:NAME or apiUser:NAME"),
      ("  - \(access)\n    expect: {}\n", "connectors, companies or both"),
      ("  - access: {}\n    expect: {companies: []}\n", "one of apiUser, user and team"),
      ("  nonsense\n", "tests must be a list"),
    ])
  func wrong(tests: String, problem: String) throws {
    let path = try file(tests)
    let outcome = try program.run("test", path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains(problem), "\(outcome.errors)")
  }

  @Test("a file of another version, or with a Token ID, is refused")
  func refused() throws {
    let path = program.home + "/other.yaml"
    try "popsecTest: 2\nnews: []\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try program.run("test", path).errors.contains("version 2 of a file of tests is unknown"))
    let secret = try program.run(["token", "reveal", "Portal Mexico", "portal"], reveals: true).output
    let held = try file(
      "  - check: {token: '\(secret.split(separator: "\n")[0])', widget: Sales MX}\n    expect: allow\n")
    let outcome = try program.run("test", held)
    outcome.mustFail(65)
    #expect(outcome.errors.contains("holds no Token ID"))
  }

  @Test("files without tests hold, with a warning")
  func noTests() throws {
    let path = program.home + "/none.yaml"
    try "popsecTest: 1\ntests: []\n".write(toFile: path, atomically: true, encoding: .utf8)
    let outcome = try program.run("test", path)
    #expect(outcome.status == 0 && outcome.output == "0 tests: all hold\n")
    #expect(outcome.errors == "warning: the files have no tests, so that nothing was checked\n")
  }

  @Test("the report is text, TAP, JUnit or JSON")
  func reports() throws {
    let path = try file(
      "  - {name: 'a <b> # c', \(Self.mexico), expect: deny}\n  - {name: good, \(Self.mexico), expect: allow}\n"
    )
    func report(_ arguments: String...) throws -> Outcome {
      let outcome = try program.run(["test", path] + arguments)
      #expect(outcome.status == 1)
      return outcome
    }
    let text = try report().output
    #expect(text.hasPrefix("\(path):3:5: a <b> # c: expected deny, but it is allowed: covered by"), "\(text)")
    #expect(text.contains("✓ grant") && text.hasSuffix("2 tests: 1 differs\n"), "\(text)")
    let tap = try report("-o", "tap").output
    #expect(tap.hasPrefix("TAP version 14\n1..2\nnot ok 1 - a <b> \\# c\n  ---\n"), "\(tap)")
    #expect(tap.contains("\n  ...\nok 2 - good\n"))
    let junit = try report("-o", "junit").output
    #expect(
      junit.contains(#"tests="2" failures="1""#) && junit.contains("name=\"a &lt;b&gt; # c\""), "\(junit)")
    let json = try report("-o", "json").object()
    #expect(json["differing"] == .number(1))
    #expect(json["tests"]?[1]?["holds"] == .bool(true) && json["tests"]?[0]?["name"]?.text == "a <b> # c")
    try program.run("test", path, "-o", "xml").mustFail(64)
  }

  @Test("coverage lists the grants on which no test rests")
  func coverage() throws {
    let path = try file("  - \(Self.mexico)\n    expect: allow\n")
    let outcome = try program.run("test", path, "--coverage")
    outcome.mustSucceed()
    #expect(
      outcome.output == """
        1 test: all hold
        no test rests on these grants:
          user:eve on Business Central

        """)
  }

  @Test("apply commits only where the tests hold afterwards")
  func apply() throws {
    let tests = try file("  - \(Self.america)\n    expect: deny\n")
    let text = try String(contentsOfFile: security, encoding: .utf8)
    let wide = program.home + "/wide.yaml"
    try text.replacing("companies: [MX]\n", with: "companies: [MX, US]\n").write(
      toFile: wide, atomically: true, encoding: .utf8)
    let before = try program.run("export").output
    let refused = try program.run("apply", wide, "--yes", "--test", tests)
    #expect(refused.status == 1, "\(refused)")
    #expect(refused.output.contains("expected deny, but it is allowed"))
    #expect(refused.errors.contains("nothing was changed: 1 test does not hold afterwards"))
    #expect(try program.run("export").output == before)
    try program.run("apply", security, "--yes", "--test", tests).mustSucceed()
    try program.run("apply", wide, "--yes").mustSucceed()
    #expect(try program.run("test", tests).status == 1)
  }
}
