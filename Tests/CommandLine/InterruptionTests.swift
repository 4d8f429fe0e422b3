import Foundation
import Glibc
import Testing

@testable import popsec

@Suite struct InterruptionTests {
  /// A security file with so many API users that applying it takes a while.
  private static func file(_ program: Program, count: Int) throws -> String {
    var text = "popsec: 1\napiUsers:\n"
    for number in 1...count { text += "  - {name: Interrupted \(number), tokens: [{name: a}]}\n" }
    let path = program.home + "/large.yaml"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// What a store holds, and its audit log.
  private static func state(_ program: Program) throws -> [String] {
    try [["audit", "list", "--json"], ["api-user", "list", "--json"]].map {
      try program.run($0).output
    }
  }

  @Test(
    "an interrupted apply leaves the old state, says so, and ends by the signal",
    arguments: ["planning", "looking", "applying"], [SIGINT, SIGTERM])
  func apply(step: String, signal: Int32) throws {
    let program = try Program.initialized()
    let before = try Self.state(program)
    // More than 2,000 changes are not tried out, so that their effect is not looked at.
    let path = try Self.file(program, count: step == "looking" ? 1_800 : 6_000)
    let terminal = try TerminalSession(program, "apply", path, "--yes")
    try terminal.expect(step)
    terminal.kill(signal)
    #expect(terminal.wait() == nil)
    #expect(
      terminal.shown.contains("popsec: interrupted; nothing was changed"), "\(terminal.shown.suffix(200))")
    #expect(try Self.state(program) == before)
    try program.run("audit", "verify").mustSucceed()
  }

  @Test("a signal at the question leaves the old state, and says so")
  func question() throws {
    let program = try Program.initialized()
    let terminal = try TerminalSession(program, "apply", try Self.file(program, count: 3))
    try terminal.expect("[y/N]")
    // One signal: a second one right behind it may end the program before it has told.
    terminal.type("\u{3}")
    #expect(terminal.wait() == nil)
    #expect(terminal.shown.contains("interrupted; nothing was changed"))
  }

  @Test(
    "work on a large store is interrupted with the store as it was",
    arguments: [
      (["api-user", "bulk", "disable", "--all", "--yes"], "working"), (["audit", "verify"], "verifying"),
      (["doctor"], "verifying"),
    ])
  func large(arguments: [String], step: String) throws {
    let program = try Program.initialized()
    try program.run("apply", try Self.file(program, count: 6_000), "--yes").mustSucceed()
    let before = try Self.state(program)
    let terminal = try TerminalSession(program, arguments)
    try terminal.expect(step)
    terminal.kill(SIGINT)
    #expect(terminal.wait() == nil)
    #expect(
      terminal.shown.contains("popsec: interrupted; nothing was changed"), "\(terminal.shown.suffix(200))")
    #expect(try Self.state(program) == before)
  }

  @Test("a backup that is interrupted at any moment is whole, or is not there")
  func backup() throws {
    let program = try Program.initialized()
    try program.run("apply", try Self.file(program, count: 2_500), "--yes").mustSucceed()
    let before = try Self.state(program)
    for milliseconds in [0, 30, 60, 100, 150, 250, 400, 700] {
      let path = program.home + "/backup-\(milliseconds)"
      let running = try program.start(["backup", "--output", path])
      // No moment is better than another one, so that nothing can be waited for.
      usleep(UInt32(milliseconds) * 1_000)
      running.kill(SIGINT)
      let outcome = try running.wait()
      let files = try FileManager.default.contentsOfDirectory(atPath: program.home).filter {
        $0.hasPrefix("backup-\(milliseconds)")
      }
      if outcome.status == 0 {
        #expect(files == ["backup-\(milliseconds)"])
      } else {
        #expect(outcome.signal == SIGINT && files == [])
        // Before the command began to look after signals, the system ended it.
        #expect(outcome.errors.isEmpty || outcome.errors.contains("interrupted; there is no backup"))
      }
    }
    #expect(try Self.state(program)[1] == before[1])
  }

  @Test("a restore that is interrupted at any moment is whole, or nothing of it is there")
  func restore() throws {
    let program = try Program.initialized()
    try program.run("apply", try Self.file(program, count: 2_500), "--yes").mustSucceed()
    let backup = program.home + "/saved"
    try program.run("backup", "--output", backup).mustSucceed()
    try program.run("team", "add", "Later").mustSucceed()
    for milliseconds in [30, 100, 200, 350, 600, 900] {
      let (other, before) = (program.home + "/other-\(milliseconds)", try Self.state(program))
      for arguments in [
        ["restore", backup, "--store", other, "--without-keys"], ["restore", backup, "--replace", "--yes"],
      ] {
        let running = try program.start(arguments)
        // No moment is better than another one, so that nothing can be waited for.
        usleep(UInt32(milliseconds) * 1_000)
        running.kill(SIGINT)
        let outcome = try running.wait()
        #expect(outcome.status == 0 || outcome.signal == SIGINT, "\(outcome)")
        if arguments.contains("--replace"), outcome.status == nil {
          #expect(try Self.state(program) == before)
        }
        if arguments.contains("--store") {
          let isThere = FileManager.default.fileExists(atPath: other + "/popsec.db")
          #expect(isThere == (outcome.status == 0))
        }
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: program.store)
      #expect(!names.contains { $0.hasSuffix(".part") || $0.hasPrefix(".restoring") }, "\(names)")
      try program.run("audit", "verify").mustSucceed()
    }
  }

  @Test("an interrupted exchange of keys says what is left, and goes on")
  func rotation() throws {
    let program = try Program.initialized()
    try program.run("apply", try Self.file(program, count: 6_000), "--yes").mustSucceed()
    let terminal = try TerminalSession(program, ["key", "rotate", "lookup"])
    try terminal.expect("rewriting")
    terminal.kill(SIGINT)
    #expect(terminal.wait() == nil)
    #expect(terminal.shown.contains("Token IDs to go"), "\(terminal.shown.suffix(200))")
    #expect(terminal.shown.contains("hint: nothing is lost: tokens work as before; the same command goes on"))
    try program.run("key", "rotate", "lookup").mustSucceed()
  }
}
