import Foundation
import Testing

extension EndToEnd {
  @Suite("in tmux", .enabled(if: Tool.tmux.isThere, "tmux isn't installed"))
  struct Tmux {
    @Test(
      "the Token ID is in tmux's buffer and in the outer clipboard, whatever tmux lets programs do",
      arguments: ["on", "external", "off"])
    func copies(setClipboard: String) throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico", "--token", "portal")
        let tmux = try TmuxServer(store, setClipboard: setClipboard)
        defer { tmux.end() }
        let person = try tmux.person(running: [TestStore.program, "--clear-clipboard", "never"])
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle().presses("c")
        try person.sees("sent to your terminal")
        try store.expect(try tmux.buffer(), belongsTo: "portal")
        try store.expect(try person.clipboard(1), belongsTo: "portal")
      }
    }

    @Test("the countdown overwrites the outer clipboard and deletes the buffer")
    func clears() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico", "--token", "portal")
        let tmux = try TmuxServer(store, setClipboard: "external")
        defer { tmux.end() }
        let person = try tmux.person(running: [TestStore.program, "--clear-clipboard", "2"])
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle().presses("c")
        try person.sees("clears in").sees("overwritten and cleared")
        #expect(throws: Failure.self) { try tmux.buffer() }
        #expect(person.clipboard.count > 1)
        #expect(Secrets.found(in: person.clipboard.last ?? "").isEmpty)
      }
    }

    @Test("the walkthrough, by keys and by mouse, at 50x12 too", arguments: [(80, 25), (50, 13)])
    func walkthrough(columns: Int, rows: Int) throws {
      try onStore { store in
        let tmux = try TmuxServer(store, setClipboard: "external")
        defer { tmux.end() }
        let person = try tmux.person(running: [TestStore.program], columns: columns, rows: rows)
        try person.sees("Security").presses("s a").sees("Click here to add").clicks("Click here to add")
        try person.sees("Name").types("Portal Mexico").clicks("Add an API token").sees("Token name")
        try person.clicks("Token name").types("portal").presses("Enter").sees("Add token", "Copy").clicks(
          "Copy")
        try store.expect(try person.clipboard(1), belongsTo: "portal")
      }
    }
  }
}

/// A tmux of a test's own.
struct TmuxServer {
  private let store: TestStore
  private let settings: String

  init(_ store: TestStore, setClipboard: String) throws {
    self.store = store
    settings = try store.file(
      "tmux.conf", "set -s set-clipboard \(setClipboard)\nset -g mouse on\nset -s escape-time 10\n")
  }

  private var environment: [String: String] {
    store.environment.merging(["TMUX_TMPDIR": store.folder.path, "TERM": "xterm-256color"]) { $1 }
  }

  private var command: [String] { [Tool.tmux.path, "-u", "-L", "test", "-f", settings] }

  /// Somebody whose terminal shows a tmux in which a program runs.
  func person(running program: [String], columns: Int = 80, rows: Int = 25) throws -> Person {
    try store.person(
      command + ["new-session"] + program, columns: columns, rows: rows,
      adding: ["TMUX_TMPDIR": store.folder.path])
  }

  /// What is in popsec's buffer. It may hold a secret, and is for nobody's eyes.
  func buffer() throws -> String {
    let printed = try run(["show-buffer", "-b", "popsec"])
    guard printed.status == 0 else { throw Failure("no buffer: \(printed.errors)") }
    return printed.output
  }

  /// What was put last into any buffer.
  func newestBuffer() throws -> String { try run(["show-buffer"]).output }

  func end() { _ = try? run(["kill-server"]) }

  private func run(_ arguments: [String]) throws -> TestStore.Printed {
    try Running(
      command[0], Array(command.dropFirst()) + arguments, environment: environment,
      file: store.folder.appendingPathComponent("tmux-" + UUID().uuidString)
    ).finish()
  }
}
