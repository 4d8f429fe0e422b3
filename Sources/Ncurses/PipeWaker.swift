private import CPlatform
internal import Terminal

/// Ends a wait through the pipe of the signals.
struct PipeWaker: TerminalWaker {
  func wake() { popsec_wake() }
}
