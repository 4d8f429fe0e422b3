import Foundation
import Testing

@Suite("The console writes lists as the commands print them")
struct WritingListsTests {
  let program: Program

  init() throws {
    program = try .initialized()
    for name in ["Portal MX", "Portal US", "Shop"] {
      try program.run("api-user", "add", name, "--token", "t").mustSucceed()
    }
    let team = "popsec: 1\nteams:\n  - name: Sales\n    description: '=1+1'\n"
    try program.run("apply", "--yes", "-", input: team).mustSucceed()
  }

  private static let lists: [(keys: String, rows: Int, format: String, command: [String])] = [
    ("sa/portal\r", 2, "csv", ["api-user", "list", "--where", "portal"]),
    ("sa2", 3, "json", ["api-user", "list", "--sort", "expiry"]),
    ("so", 3, "csv", ["token", "list"]), ("so2", 3, "json", ["token", "list", "--sort", "expiry"]),
    ("st", 1, "csv", ["team", "list"]),
    ("sr", 9, "json", ["role", "list"]),
  ]

  @Test("byte by byte, into a file that only its owner may read", arguments: lists)
  func writes(keys: String, rows: Int, format: String, command: [String]) throws {
    let printed = try program.run(command + ["-o", format])
    printed.mustSucceed()
    let session = try TerminalSession(program, ["console"], environment: ["TERM": "xterm-256color"])
    try session.expect("Main menu")
    session.type(keys + "E")
    try session.expect("Only you may read")
    let path = program.home + "/list.txt"
    session.type((format == "json" ? "\u{1B}[Z \t" : "") + "\u{15}~/list.txt\r")
    try session.expect("written to ~/list.txt")
    session.kill(SIGTERM)
    _ = session.wait()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == printed.output)
    let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(rights == 0o600)
  }

  private static let endings: [(typed: String, signal: Int32?)] = [("\u{1B}", nil), ("", SIGTERM)]

  @Test("or not at all, where the person stops it or the console ends", arguments: endings)
  func stops(typed: String, signal: Int32?) throws {
    let names = (0..<1_500).map { "{name: 'Customer \($0)'}" }.joined(separator: ", ")
    try program.run("apply", "--yes", "-", input: "popsec: 1\napiUsers: [\(names)]\n").mustSucceed()
    let session = try TerminalSession(program, ["console"], environment: ["TERM": "xterm-256color"])
    try session.expect("Main menu")
    session.type("saE")
    try session.expect("Only you may read")
    session.type("\u{15}~/list.txt\r")
    try session.expect("[ Stop ]")
    session.type(typed)
    // Whichever comes first: what was written in time is whole.
    if signal == nil { try session.expect("written to ~/list.txt") }
    session.kill(signal ?? SIGTERM)
    _ = session.wait()
    let written = try? String(contentsOfFile: program.home + "/list.txt", encoding: .utf8)
    #expect(try written == nil || written == program.run("api-user", "list", "-o", "csv").output)
    let files = try FileManager.default.contentsOfDirectory(atPath: program.home)
    #expect(!files.contains { $0.contains(".new-") }, "\(files)")
  }

  @Test("a file that is there stays until the person says that it is replaced")
  func replaces() throws {
    let path = program.home + "/list.txt"
    try "mine".write(toFile: path, atomically: false, encoding: .utf8)
    let session = try TerminalSession(program, ["console"], environment: ["TERM": "xterm-256color"])
    try session.expect("Main menu")
    session.type("stE")
    try session.expect("Only you may read")
    session.type("\u{15}~/list.txt\r")
    try session.expect("Replace it?")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    session.type("\u{1B}[Z\r")
    try session.expect("written to ~/list.txt")
    session.kill(SIGTERM)
    _ = session.wait()
    let printed = try program.run("team", "list", "-o", "csv")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == printed.output)
  }
}
