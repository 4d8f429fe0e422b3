import Access
import Dispatch
import Foundation
import Synchronization

/// What SIGINT, SIGTERM and SIGHUP do to a command that must end either with the old state or with the new one.
///
/// A command calls ``begin(saying:)``. From then on a signal ends the process at once, because nothing is committed
/// yet: SQLite drops what was not committed, and the command's own files are removed. Right before something becomes
/// valid, ``settle()`` is called. After that call a signal is only remembered, and the command finishes.
enum Interruption {
  private enum Phase {
    /// The system's rules apply.
    case off
    /// A signal ends the process at once.
    case whole
    /// A signal ends the work after its present step.
    case steps
    /// A signal comes too late.
    case settled
  }

  private struct State {
    var phase = Phase.off
    var message = nothingChanged
    /// The files and folders that must not stay behind.
    var leftovers: [String] = []
    /// The signal that came first.
    var signal: Int32?
  }

  static let nothingChanged = "interrupted; nothing was changed"

  private static let state = Mutex(State())
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Begins to receive the signals, once in a process.
  private static let receiving: Void = {
    let queue = DispatchQueue(label: "popsec.interruption")
    for number in signals {
      // dispatch(3) sees only signals that don't end the process.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        // The handler keeps its source as long as the process is there.
        _ = source
        come(number)
      }
      source.resume()
    }
  }()

  /// Begins to handle signals. Nothing is committed before ``settle()``.
  ///
  /// - Parameter message: tells a person which state an interruption leaves.
  static func begin(saying message: String = nothingChanged) {
    receiving
    state.withLock {
      $0.phase = .whole
      $0.message = message
    }
  }

  /// Lets the present step finish where a signal comes; ``check()`` then ends the work.
  static func inSteps() { state.withLock { if $0.phase == .whole { $0.phase = .steps } } }

  /// Says that what was done so far becomes valid now.
  ///
  /// A signal that comes at the same moment either ends the process before, or comes too late.
  static func settle() { state.withLock { if $0.phase != .off { $0.phase = .settled } } }

  /// Whether a signal came.
  static var hasCome: Bool { state.withLock { $0.signal != nil } }

  /// Ends the work where a signal came.
  ///
  /// Errors: ``EndedBySignal``, after the message was told.
  static func check() throws(EndedBySignal) { try end { $0.message } }

  /// Does the same, and tells what stands.
  static func end(telling message: String) throws(EndedBySignal) { try end { _ in message } }

  private static func end(_ message: (State) -> String) throws(EndedBySignal) {
    let present = state.withLock { $0 }
    guard let signal = present.signal, present.phase != .settled else { return }
    tell(message(present))
    throw EndedBySignal(signal: signal)
  }

  /// Removes a file or folder, with all that it has, where a signal ends the process.
  static func leaves(_ path: String) { state.withLock { $0.leftovers.append(path) } }

  /// Does not return where a signal is ending the process. What fails meanwhile only fails because files are removed,
  /// and must not be told.
  static func standBack() { state.withLock { _ in } }

  /// Tells a person that a signal came when it was too late to leave the old state.
  static func tellWhereTooLate() {
    let isTooLate = state.withLock { $0.phase == .settled && $0.signal != nil }
    if isTooLate { Asking.say("note: the interruption came too late: it is done") }
  }

  private static func come(_ number: Int32) {
    state.withLock { state in
      if state.signal == nil { state.signal = number }
      // The lock is held until the process is gone, so that nothing can be settled any more.
      if state.phase == .whole { end(by: number, state) }
    }
  }

  private static func end(by number: Int32, _ state: State) {
    tell(state.message)
    // What can't be removed here, popsec doctor removes.
    for path in state.leftovers { try? FileManager.default.removeItem(atPath: path) }
    EndedBySignal(signal: number).endProcess()
    exit(128 + number)
  }

  /// Tells a message, and in its further lines what to do.
  private static func tell(_ message: String) {
    ProgressLine.close()
    StandardError.write("popsec: ")
    for line in message.split(separator: "\n") { StandardError.line(String(line)) }
  }
}
