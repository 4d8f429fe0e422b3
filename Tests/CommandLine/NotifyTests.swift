import Foundation
import GRDB
import TestSupport
import Testing

/// What popsec tells by itself, on standard output and to programs.
@Suite("popsec notify")
struct NotifyTests {
  private let program: Program

  init() throws {
    program = try Program.initialized()
    try program.run("api-user", "add", "Portal", "--token", "portal", "--expires", "5d").mustSucceed()
    // Made long ago, so that it has passed the threshold of 7 days.
    try database("UPDATE token SET created_at = created_at - 8640000")
  }

  private func database(_ sql: String) throws {
    try DatabaseQueue(path: program.database).write { try $0.execute(sql: sql) }
  }

  private func script(_ text: String, mode: Int = 0o755) throws -> String {
    let path = program.home + "/" + UUID().uuidString
    try Executable.write("#!/bin/sh\n\(text)\n", to: path)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  private func notify() throws -> Outcome { try program.run("notify", "--once") }

  /// Hands over to a shell that runs a text.
  private func notify(_ text: String, limit seconds: Int = 20) throws -> Outcome {
    try program.run([
      "notify", "--once", "--program", "/bin/sh", "--time-limit", "\(seconds)", "--", "-c", text,
    ])
  }

  @Test("events are CloudEvents, one a line, once")
  func lines() throws {
    let preview = try program.run("notify", "--dry-run")
    preview.mustSucceed()
    let first = try notify()
    first.mustSucceed()
    #expect(first.lines.count == 1 && first.output == preview.output)
    let event = try first.object()
    #expect(
      event.keys == [
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data",
      ])
    #expect(event["specversion"]?.text == "1.0" && event["type"]?.text == "popsec.token.ends")
    #expect(event["data"]?["withinDays"] == .number(7) && event["data"]?["token"]?.text == "portal")
    let second = try notify()
    second.mustSucceed()
    #expect(second.output == "")
    let list = try program.run("notify", "list", "--json").object()
    #expect(list.count == 1 && list[0]?["state"]?.text == "delivered" && list[0]?["id"] == event["id"])
    #expect(try program.run("notify", "list").lines.count == 2)
    #expect(try program.run("notify", "list", "--waiting").lines.count <= 1)
  }

  @Test("a program is given the event, headers, and nothing of the store")
  func environment() throws {
    let secret = program.home + "/secret"
    try Data("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n".utf8).write(to: URL(fileURLWithPath: secret))
    chmod(secret, 0o600)
    let script = "cat > $1/body; env > $1/environment; ls /proc/self/fd > $1/descriptors; echo fine"
    let outcome = try program.run(
      [
        "notify", "--once", "--program", "/bin/sh", "--secret-file", secret, "--", "-c", script, "sh",
        program.home,
      ],
      environment: ["POPSEC_KEYS": program.store + "/keys", "AWS_SECRET_ACCESS_KEY": "x"])
    outcome.mustSucceed()
    #expect(outcome.output == "")
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: program.home + "/" + name, encoding: .utf8)
    }
    let body = try JSONDecoder().decode(JSONValue.self, from: Data(try text("body").utf8))
    let variables = try text("environment").split(separator: "\n").compactMap {
      $0.split(separator: "=").first.map(String.init)
    }
    #expect(
      Set(variables).subtracting(["PWD", "SHLVL", "_", "OLDPWD"]) == [
        "PATH", "HOME", "LC_ALL", "WEBHOOK_ID", "WEBHOOK_TIMESTAMP", "WEBHOOK_SIGNATURE", "NOTICE_TYPE",
        "NOTICE_TEXT",
      ])
    #expect(try text("environment").contains("WEBHOOK_ID=\(body["id"]?.text ?? "")\n"))
    #expect(try !text("environment").contains("whsec_"))
    // The three, and the one by which ls reads them.
    #expect(try text("descriptors").split(separator: "\n").count == 4)
  }

  /// What a program does, the status of popsec, the state of the notice, and what is said.
  private static let ends: [(script: String, status: Int32, state: String, said: String)] = [
    ("exit 0", 0, "delivered", ""), ("cat >/dev/null; exit 0", 0, "delivered", ""),
    ("echo later >&2; exit 75", 75, "waiting", "ended with 75: later"),
    ("exit 1", 75, "waiting", "ended with 1"), ("exit 65", 65, "givenUp", "ended with 65"),
    ("kill -9 $$", 75, "waiting", "signal 9 ended"),
    ("yes", 75, "waiting", "took more than 1 seconds"),
    ("yes | head -c 30000000; exit 0", 0, "delivered", ""),
    ("sleep 600", 75, "waiting", "took more than 1 seconds"),
    ("exec >&- 2>&- <&-; sleep 600", 75, "waiting", "took more than 1 seconds"),
    ("trap '' TERM INT HUP; sleep 600; sleep 600", 75, "waiting", "took more than 1 seconds"),
    // What it leaves running keeps nobody waiting.
    ("sleep 600 & exit 0", 0, "delivered", ""),
    ("printf '\\033[31mred\\n'; exit 3", 75, "waiting", "ended with 3"),
  ]

  @Test("how a program ends decides about the event", arguments: ends)
  func endsAs(_ text: String, _ status: Int32, _ state: String, _ said: String) throws {
    let outcome = try notify(text, limit: said.hasPrefix("took") ? 1 : 20)
    #expect(outcome.status == status, "\(outcome.errors)")
    let isSaid = said.isEmpty ? outcome.errors.isEmpty : outcome.errors.contains(said)
    #expect(isSaid && !outcome.errors.contains("\u{1B}"), "\(outcome.errors)")
    let list = try program.run("notify", "list", "--json").object()
    #expect(list[0]?["state"]?.text == state)
  }

  @Test("a program that takes too long is killed with all that it started")
  func group() throws {
    let file = program.home + "/child"
    #expect(try notify("sleep 600 & echo $! > \(file); wait", limit: 1).status == 75)
    let child = try #require(pid_t(try String(contentsOfFile: file, encoding: .utf8).dropLast()))
    // It is gone, or waits for its new parent to take notice.
    let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
    #expect(state == nil || state?.contains(") Z ") == true)
  }

  @Test("after a failure the same event is handed over again when its time has come")
  func again() throws {
    let failed = try notify("exit 75")
    #expect(failed.status == 75 && failed.errors.contains("hint: 1 notice waits in all; the next attempt"))
    let early = try notify("exit 0")
    #expect(early.status == 75)
    try database("UPDATE notice SET next_attempt_at = 0")
    let late = try notify("exit 0")
    late.mustSucceed()
  }

  @Test("an event that could not be printed is printed by the next run")
  func lostOutput() throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    let lost = try program.start(["notify", "--once"], output: full).wait()
    #expect(lost.status == 74, "\(lost.errors)")
    try database("UPDATE notice SET next_attempt_at = 0")
    #expect(try notify().lines.count == 1)
  }

  @Test("wrong arguments are refused before anything is looked at")
  func refused() throws {
    let good = try script("exit 0")
    let loose = try script("exit 0", mode: 0o777)
    let plain = try script("exit 0", mode: 0o644)
    let secret = program.home + "/secret"
    try Data("nonsense".utf8).write(to: URL(fileURLWithPath: secret))
    chmod(secret, 0o600)
    let wrong: [(arguments: [String], status: Int32)] = [
      (["notify"], 64), (["notify", "--once", "--time-limit", "0"], 64),
      (["notify", "--once", "--secret-file", secret], 64), (["notify", "--once", "--", "x"], 64),
      (["notify", "--once", "--program", "true"], 64),
      (["notify", "--once", "--program", program.home + "/nothing"], 66),
      (["notify", "--once", "--program", program.home], 77),
      (["notify", "--once", "--program", loose], 77), (["notify", "--once", "--program", plain], 77),
      (["notify", "--once", "--program", good, "--secret-file", secret], 65),
      (["notify", "--once", "--program", good, "--secret-file", secret + "x"], 66),
      (["notify", "list", "--limit", "0"], 64),
    ]
    for (arguments, status) in wrong { try program.run(arguments).mustFail(status) }
    #expect(try program.run("notify", "list").output == "nothing was raised, as far as it is kept\n")
  }
}
