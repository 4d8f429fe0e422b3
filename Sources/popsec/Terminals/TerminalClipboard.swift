import Access
import Foundation
import Terminal

/// The clipboard of the machine at which the person sits, reached through their terminal.
struct TerminalClipboard {
  let route: ClipboardRoute
  private let terminal: FileHandle

  /// Errors: ``Trouble`` where there is no terminal, or none that receives a text.
  static func open(environment: [String: String] = Caller.current.environment) throws(Trouble)
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

  /// What a person has to set so that a text arrives, or why it may not arrive; nil where nothing is known.
  var hint: String? { route.means == .tmux ? TmuxBuffer.client()?.hint : route.hint }

  /// What a person must know, beside the fact that the text was sent.
  var notes: [String] {
    var notes: [String] = []
    if let hint { notes.append("note: \(hint)") }
    if route.means == .tmux {
      notes.append("note: tmux keeps it, too: tmux delete-buffer -b \(TmuxBuffer.name) removes it there")
    }
    return notes
  }

  /// Sends a text. popsec can't know whether the terminal accepts it.
  func send(_ text: String) throws(Trouble) {
    switch route.means {
    case .plain: try write(Osc52.plain(text))
    case .screen: try write(Osc52.screenChunks(text))
    case .tmux: try TmuxBuffer.load(text)
    case .none: break
    }
  }

  private func write(_ bytes: [UInt8]) throws(Trouble) {
    do { try terminal.write(contentsOf: Data(bytes)) } catch {
      throw Trouble("the terminal can't be written to", exitStatus: .inputOutput)
    }
  }
}
