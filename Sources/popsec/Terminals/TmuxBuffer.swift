import Access
import Foundation
import Terminal

/// A buffer of tmux under a name of its own. tmux passes OSC 52 of the programs in it on only where
/// it was told to, but what `load-buffer -w` is given always (tmux(1)).
enum TmuxBuffer {
  static let name = "popsec"

  /// Errors: ``Trouble`` where tmux is not there or too old (before 3.2).
  static func load(_ text: String) throws(Trouble) {
    try run(["load-buffer", "-w", "-b", name, "-"], input: text)
  }

  /// Overwrites the outer clipboard with a harmless word, and deletes the buffer.
  static func clear() throws(Trouble) {
    try load(Osc52.harmlessWord)
    try run(["delete-buffer", "-b", name], input: "")
  }

  /// The terminal that tmux is shown on; nil where tmux does not tell.
  static func client() -> TmuxClient? {
    // What can't be asked is not known: nobody is told anything then.
    guard let client = try? run(["display-message", "-p", TmuxClient.format], input: ""),
      let information = try? run(["info"], input: "")
    else { return nil }
    return TmuxClient(client: client, information: information)
  }

  /// Gives what it printed.
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
