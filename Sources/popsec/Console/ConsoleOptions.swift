import ArgumentParser
import Glibc

/// Options for opening the console.
struct ConsoleOptions: Sendable {
  /// Whether the console opens the page that was left last.
  var resume = false
  /// The clearing of the clipboard; nil for what the environment says, or else the default.
  var clearing: ClipboardClearing?
  /// Whether the console takes the mouse at first.
  var takesMouse = true
  /// Whether the cursor is shown at the selection.
  var showsCursor = false
  /// Whether the console changes nothing at first.
  var readOnly = false
  /// Whether the console gives the terminal no Token ID, whatever is set.
  var recordingSafe = false
}

/// The way in which the console ended.
enum ConsoleExit: Sendable {
  /// The person quit.
  case quit
  /// A signal ended the console.
  case signal(Int32)
  /// The terminal is gone.
  case hungUp

  /// Ends the process as the signal would have, after its commands removed their temporary files.
  func endBySignal() throws(EndedBySignal) {
    switch self {
    case .quit: break
    case .signal(let signal): throw EndedBySignal(signal: signal)
    case .hungUp: throw EndedBySignal(signal: SIGHUP)
    }
  }
}

/// A signal asked the process to end, and the process has cleaned up.
struct EndedBySignal: Error {
  let signal: Int32

  /// Ends the process as if the signal had not been handled, so that the parent process sees the signal.
  func endProcess() {
    Glibc.signal(signal, SIG_DFL)
    // dispatch(3) blocks a signal in the thread that asked for it.
    var own = sigset_t()
    sigemptyset(&own)
    sigaddset(&own, signal)
    pthread_sigmask(SIG_UNBLOCK, &own, nil)
    raise(signal)
  }
}

/// The time at which a clipboard that received a Token ID is cleared.
enum ClipboardClearing: Hashable, Sendable, ExpressibleByArgument {
  /// The clipboard is cleared after 1 to 3,600 seconds.
  case after(seconds: Int)
  case never

  static let standard = ClipboardClearing.after(seconds: 30)

  init?(argument: String) {
    if argument == "never" {
      self = .never
    } else if let seconds = Int(argument), (1...3_600).contains(seconds) {
      self = .after(seconds: seconds)
    } else {
      return nil
    }
  }

  var seconds: Int? { if case .after(let seconds) = self { seconds } else { nil } }
}
