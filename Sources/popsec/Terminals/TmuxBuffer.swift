import Access
import Foundation
import Terminal

/// A buffer of tmux with a name of its own. tmux passes on OSC 52 of its programs only where it was set to do
/// so, but always passes on what `load-buffer -w` receives (tmux(1)).
enum TmuxBuffer {
  static let name = "popsec"

  /// Errors: ``Trouble`` where tmux is missing or too old (before 3.2).
  static func load(_ text: String) throws(Trouble) {
    try run(["load-buffer", "-w", "-b", name, "-"], input: text)
  }

  /// Overwrites the outer clipboard with a harmless word, and deletes the buffer.
  static func clear() throws(Trouble) {
    try load(Osc52.harmlessWord)
    try run(["delete-buffer", "-b", name], input: "")
  }

  /// The terminal on which tmux is shown; nil where tmux does not tell it.
  static func client() -> TmuxClient? {
    // Where tmux can't be asked nothing is known, and no advice is given.
    guard let client = try? run(["display-message", "-p", TmuxClient.format], input: ""),
      let information = try? run(["info"], input: "")
    else { return nil }
    return TmuxClient(client: client, information: information)
  }

  /// Runs tmux, and returns its output.
  @discardableResult
  private static func run(_ arguments: [String], input text: String) throws(Trouble) -> String {
    let tmux = Process()
    let (input, output) = (Pipe(), Pipe())
    tmux.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tmux.arguments = ["tmux"] + arguments
    tmux.standardInput = input
    tmux.standardOutput = output
    tmux.standardError = FileHandle.nullDevice
    do {
      try tmux.run()
      try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      try input.fileHandleForWriting.close()
      let printed = try output.fileHandleForReading.readToEnd() ?? Data()
      tmux.waitUntilExit()
      guard tmux.terminationStatus == 0 else { throw trouble }
      return String(decoding: printed, as: UTF8.self)
    } catch { throw trouble }
  }

  private static let trouble = Trouble(
    "tmux did not take the text", hint: "tmux load-buffer -w is needed, of tmux 3.2 or later",
    exitStatus: .unavailable)
}
