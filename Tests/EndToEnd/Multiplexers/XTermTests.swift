import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite("in xterm", .enabled(if: XDisplay.isThere, "xterm, Xvfb or xclip isn't installed"))
  struct XTerm {
    /// What runs in the xterm around popsec, and whether the Token ID arrives in the clipboard.
    enum Around: String, CaseIterable {
      case nothing, tmux, mendedTmux

      var settings: String? {
        switch self {
        case .nothing: nil
        case .tmux: ""
        // As the message says it.
        case .mendedTmux: #"set -as terminal-overrides ',xterm*:Ms=\E]52;c;%p2%s\7'"# + "\n"
        }
      }
    }

    @Test(
      "the Token ID arrives in the clipboard; where tmux has it miss that, popsec says how to mend it",
      .enabled(if: Tool.tmux.isThere, "tmux isn't installed"), arguments: Around.allCases)
    func copies(around: Around) throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico", "--token", "portal")
        let display = try XDisplay(store)
        defer { display.end() }
        let said = store.folder.appendingPathComponent("said").path
        let copying = [
          "/bin/sh", "-c", #""$1" token copy "$2" portal > "$3" 2>&1; echo done >> "$3"; exec sleep 60"#,
          "sh", TestStore.program, "Portal Mexico", said,
        ]
        let tmux = try around.settings.map { settings in
          [Tool.tmux.path, "-L", "xterm", "-f", try store.file("tmux.conf", settings), "new-session"]
        }
        defer { if tmux != nil { _ = try? display.run([Tool.tmux.path, "-L", "xterm", "kill-server"]) } }
        try display.show((tmux ?? []) + copying)
        let words = try display.waits(for: "the command's end") {
          (try? String(contentsOfFile: said, encoding: .utf8)).flatMap { $0.hasSuffix("done\n") ? $0 : nil }
        }
        #expect(words.contains("sent the Token ID"), "\(words)")
        #expect(words.contains("terminal-overrides") == (around == .tmux), "\(words)")
        let selection = around == .tmux ? "primary" : "clipboard"
        let text = try display.waits(for: "the \(selection) selection") { display.selection(selection) }
        try store.expect(text, belongsTo: "portal")
        if around == .tmux { #expect(display.selection("clipboard") == nil) }
      }
    }
  }
}

/// An X server without a screen, on which a real xterm runs.
private struct XDisplay {
  static var isThere: Bool { [Tool.xterm, .xvfb, .xclip].allSatisfy(\.isThere) }

  private let store: TestStore
  private let server: Running
  private let name: String

  init(_ store: TestStore) throws {
    self.store = store
    let file = store.folder.appendingPathComponent("display")
    // The server looks for a free number, and says it.
    server = try Running(
      Tool.xvfb.path, ["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"],
      environment: store.environment, file: file)
    let number = try Self.waits(for: "the X server") {
      (try? String(contentsOf: file, encoding: .utf8)).flatMap { $0.hasSuffix("\n") ? $0 : nil }
    }
    name = ":" + number.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private var environment: [String: String] {
    store.environment.merging(["DISPLAY": name, "TMUX_TMPDIR": store.folder.path]) { $1 }
  }

  /// Runs a command in an xterm that lets programs set its clipboard.
  func show(_ command: [String]) throws {
    let allowing = "XTerm*disallowedWindowOps: 20,21,SetXprop"
    _ = try Running(
      Tool.xterm.path, ["-xrm", allowing, "-e"] + command, environment: environment,
      file: store.folder.appendingPathComponent("xterm"))
  }

  /// What a selection holds; nil where nothing is. It may be a secret, and is for nobody's eyes.
  func selection(_ selection: String) -> String? {
    guard let printed = try? run([Tool.xclip.path, "-o", "-selection", selection]), printed.status == 0
    else { return nil }
    return printed.output
  }

  @discardableResult
  func run(_ command: [String]) throws -> TestStore.Printed {
    try Running(
      command[0], Array(command.dropFirst()), environment: environment,
      file: store.folder.appendingPathComponent("run-" + UUID().uuidString)
    ).finish()
  }

  /// With the server all that shows something there ends.
  func end() {
    kill(server.pid, SIGTERM)
    _ = try? server.finish()
  }

  func waits<Value>(for what: String, until value: () -> Value?) throws -> Value {
    try Self.waits(for: what, until: value)
  }

  private static func waits<Value>(for what: String, until value: () -> Value?) throws -> Value {
    try eventually(what, value)
  }
}
