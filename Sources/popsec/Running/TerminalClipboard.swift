import Access
import Foundation
import Terminal

/// The clipboard of the machine that the person sits at, by way of their terminal.
struct TerminalClipboard {
  let route: ClipboardRoute
  private let terminal: FileHandle

  /// The buffer of tmux that texts are put into, so that they can be told from others there.
  static let tmuxBuffer = "popsec"

  /// Errors: ``Trouble`` where there is no terminal, or none that takes anything.
  static func open(environment: [String: String] = ProcessInfo.processInfo.environment) throws(Trouble)
    -> Self
  {
    let descriptor = Foundation.open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Trouble(
        "there is no terminal whose clipboard could take the text",
        hint: "run it in a terminal; over SSH, ask for one with ssh -t", exitStatus: .usage)
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let route = ClipboardRoute(environment: environment)
    guard route.means != .none else {
      throw Trouble(
        route.hint ?? "this terminal has no clipboard that programs can write",
        hint: "popsec token reveal prints the Token ID, to be selected there", exitStatus: .unavailable)
    }
    return Self(route: route, terminal: handle)
  }

  /// What a person has to know beside that the text was sent.
  var notes: [String] {
    var notes: [String] = []
    if let hint = route.hint { notes.append("note: \(hint)") }
    if route.means == .tmux {
      notes.append("note: tmux keeps it, too: tmux delete-buffer -b \(Self.tmuxBuffer) removes it there")
    }
    return notes
  }

  /// Sends a text. Whether the terminal takes it can't be known.
  func send(_ text: String) throws(Trouble) {
    switch route.means {
    case .plain: try write(Osc52.plain(text))
    case .screen: try write(Osc52.screenChunks(text))
    case .tmux: try loadTmuxBuffer(text)
    case .none: break
    }
  }

  private func write(_ bytes: [UInt8]) throws(Trouble) {
    do { try terminal.write(contentsOf: Data(bytes)) } catch {
      throw Trouble("the terminal can't be written to", exitStatus: .inputOutput)
    }
  }

  /// tmux passes OSC 52 of its programs on only where it was told to, but its own always.
  private func loadTmuxBuffer(_ text: String) throws(Trouble) {
    let tmux = Process()
    let input = Pipe()
    tmux.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tmux.arguments = ["tmux", "load-buffer", "-w", "-b", Self.tmuxBuffer, "-"]
    tmux.standardInput = input
    tmux.standardOutput = FileHandle.nullDevice
    tmux.standardError = FileHandle.nullDevice
    do {
      try tmux.run()
      try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      try input.fileHandleForWriting.close()
    } catch { throw Self.tmuxTrouble }
    tmux.waitUntilExit()
    guard tmux.terminationStatus == 0 else { throw Self.tmuxTrouble }
  }

  private static let tmuxTrouble = Trouble(
    "tmux did not take the text", hint: "tmux load-buffer -w is needed, of tmux 3.2 or later",
    exitStatus: .unavailable)
}
