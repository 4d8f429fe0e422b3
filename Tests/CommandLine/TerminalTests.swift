import Foundation
import GRDB
import Glibc
import Testing

@Suite struct TerminalTests {
  let program: Program

  init() throws {
    program = try .filled("portal") { program in
      try program.run("api-user", "add", "Portal", "--token", "portal").mustSucceed()
    }
  }

  private func secret() throws -> String {
    String(try program.run("token", "reveal", "Portal", "portal", reveals: true).output.dropLast())
  }

  /// Whether a text contains a secret. The test's output must not show the texts.
  private func isIn(_ text: String, _ secret: String) -> Bool { text.contains(secret) }

  @Test("copying sends OSC 52 with the Token ID to the terminal, and says so")
  func copies() throws {
    let secret = try secret()
    let session = try TerminalSession(program, "token", "copy", "Portal", "portal")
    #expect(session.wait() == 0)
    let encoded = Data(secret.utf8).base64EncodedString()
    let (isSent, isShown) = (isIn(session.shown, "\u{1B}]52;c;\(encoded)\u{7}"), isIn(session.shown, secret))
    #expect(isSent)
    #expect(!isShown)
    #expect(isIn(session.shown, "to your terminal's clipboard"))
    #expect(isIn(session.shown, "not cleared"))
    #expect(!isIn(session.shown, "copied"))
  }

  @Test("in GNU screen the same goes in device control strings")
  func copiesInScreen() throws {
    let session = try TerminalSession(
      program, "token", "copy", "Portal", "portal", environment: ["STY": "1.x"])
    #expect(session.wait() == 0)
    #expect(isIn(session.shown, "\u{1B}P\u{1B}]52;c;"))
  }

  @Test(
    "a terminal that takes nothing is reported before anything is revealed",
    arguments: [
      ["VTE_VERSION": "7200"], ["TERM_PROGRAM": "Apple_Terminal"], ["TERM": "linux"],
    ])
  func cannotCopy(environment: [String: String]) throws {
    let session = try TerminalSession(program, "token", "copy", "Portal", "portal", environment: environment)
    #expect(session.wait() == 69)
    #expect(!isIn(session.shown, "52;c;"))
    #expect(isIn(session.shown, "popsec token reveal"))
  }

  @Test("a missing tmux is reported")
  func withoutTmux() throws {
    let session = try TerminalSession(
      program, "token", "copy", "Portal", "portal",
      environment: ["TMUX": "/nowhere,1,0", "PATH": program.home])
    #expect(session.wait() == 69)
    #expect(isIn(session.shown, "popsec: tmux"))
  }

  @Test("whois asks for the Token ID and does not show it")
  func whois() throws {
    let secret = try secret()
    let session = try TerminalSession(program, "token", "whois")
    try session.expect("(not shown): ")
    session.type(secret + "\n")
    #expect(session.wait() == 0)
    let isShown = isIn(session.shown, secret)
    #expect(!isShown)
    #expect(isIn(session.shown, "Portal"))
  }

  @Test(
    "deleting asks for the name, and another one changes nothing",
    arguments: [("Portal", 0), ("portal", 64), ("", 64), ("y", 64)])
  func deletes(answer: String, status: Int) throws {
    let session = try TerminalSession(program, "api-user", "delete", "portal")
    try session.expect("type its name (Portal): ")
    session.type(answer + "\n")
    #expect(session.wait() == Int32(status))
    let left = try program.run("api-user", "list", "--json").object().count
    #expect(left == (status == 0 ? 0 : 1))
  }

  @Test(
    "apply asks, and only yes is yes",
    arguments: [("y", true), ("YES", true), ("n", false), ("", false), ("yess", false)])
  func applies(answer: String, isDone: Bool) throws {
    let path = program.home + "/file.yaml"
    try Data("popsec: 1\nteams:\n  - name: Sales\n".utf8).write(to: URL(fileURLWithPath: path))
    let session = try TerminalSession(program, "apply", path)
    try session.expect("[y/N] ")
    session.type(answer + "\n")
    #expect(session.wait() == (isDone ? 0 : 64))
    #expect(try program.run("team", "list", "--json").object().count == (isDone ? 1 : 0))
  }

  @Test("the clipboard's test remembers what the person found", arguments: [true, false])
  func testsClipboard(arrives: Bool) throws {
    let session = try TerminalSession(program, "clipboard", "test")
    try session.expect("press Enter: ")
    let sent = try #require(session.shown.firstMatch(of: /\]52;c;([^\u{7}]*)\u{7}/)?.1)
    let word = try #require(Data(base64Encoded: String(sent)).map { String(decoding: $0, as: UTF8.self) })
    session.type((arrives ? word : "something else") + "\n")
    #expect(session.wait() == (arrives ? 0 : 69))
    #expect(isIn(session.shown, "hint: ") != arrives)
    let file = program.home + "/state/popsec/clipboard.json"
    let verdicts = try JSONDecoder().decode(
      [String: Bool].self, from: Data(contentsOf: URL(fileURLWithPath: file)))
    #expect(verdicts == ["TERM=xterm-256color": arrives])
  }

  @Test("no text that is printed to a terminal, or to a pipe, can be obeyed by a terminal")
  func harmless() throws {
    try program.run("api-user", "add", "Z\u{E001}W\u{E000}").mustSucceed()
    let session = try TerminalSession(program, "api-user", "list")
    #expect(session.wait() == 0)
    #expect(isIn(session.shown, "Z\u{FFFD}W\u{FFFD}"))
    let piped = try program.run("api-user", "list").output
    #expect(isIn(piped, "Z\u{FFFD}W\u{FFFD}"))
  }

  @Test("the console refuses a terminal that it can't draw on", arguments: ["dumb", "", "no-such-terminal"])
  func consoleNeedsTerminal(type: String) throws {
    let session = try TerminalSession(program, "console", environment: ["TERM": type])
    #expect(session.wait() == 64)
    #expect(isIn(session.shown, "popsec: "))
    #expect(isIn(session.shown, "hint: "))
  }

  private var demoFolders: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: program.home).filter { $0.hasPrefix("popsec-demo") }
    }
  }

  @Test("the demo's store is there for its owner alone while the console is open, and gone when it is left")
  func demo() throws {
    let session = try TerminalSession(program, "demo")
    try session.expect("Main menu")
    let folder = try #require(try demoFolders.first)
    let attributes = try FileManager.default.attributesOfItem(atPath: program.home + "/" + folder)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    session.type("q")
    try session.expect("Leave popsec?")
    session.type("\r")
    #expect(session.wait() == 0)
    #expect(isIn(session.shown, "popsec init makes a real one"))
    #expect(try demoFolders == [])
  }

  @Test(
    "a Token ID is gone, too, when a signal ends the console, and the exit shows the signal",
    arguments: [SIGTERM, SIGHUP])
  func demoSignalled(signal: Int32) throws {
    let session = try TerminalSession(program, "demo")
    try session.expect("Main menu")
    session.kill(signal)
    #expect(session.wait() == nil)
    #expect(try demoFolders == [])
  }

  @Test("a demo that is to be kept stays")
  func demoKept() throws {
    let session = try TerminalSession(program, "demo", "--keep", program.home + "/kept")
    try session.expect("Main menu")
    session.kill(SIGTERM)
    #expect(session.wait() == nil)
    try program.run("--store", program.home + "/kept", "api-user", "list").mustSucceed()
  }
}

extension TerminalTests {
  @Test("a console opens while another writes, and one that runs says where a newer popsec took the store on")
  func storeOfOthers() throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let writer = try DatabaseQueue(path: program.database, configuration: configuration)
    try writer.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let session = try TerminalSession(program)
    try session.expect("Security")
    try writer.inDatabase { try $0.execute(sql: "INSERT INTO migration VALUES (99, 'later', 0); COMMIT") }
    try session.expect("newer popsec")
    session.kill(SIGTERM)
    #expect(session.wait() != 0)
  }
}
