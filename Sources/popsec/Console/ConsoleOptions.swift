import ArgumentParser
import Glibc

/// How the console is to be opened.
struct ConsoleOptions: Sendable {
  /// Whether it goes back to the page that was left last.
  var resume = false
  /// Nil for what the environment says, or else the default.
  var clearing: ClipboardClearing?
  /// Whether it takes the mouse at first.
  var takesMouse = true
  /// Whether the cursor is seen at what is selected.
  var showsCursor = false
  /// Whether it changes nothing at first.
  var readOnly = false
  /// Whether it gives the terminal no Token ID, whatever is set.
  var recordingSafe = false
}

/// How the console ended.
enum ConsoleExit: Sendable {
  /// The person quit.
  case quit
  /// That signal ended it.
  case signal(Int32)
  /// The terminal is gone.
  case hungUp

  /// Ends the process as the signal would have, once its commands are done with what they made.
  func endBySignal() throws(EndedBySignal) {
    switch self {
    case .quit: break
    case .signal(let signal): throw EndedBySignal(signal: signal)
    case .hungUp: throw EndedBySignal(signal: SIGHUP)
    }
  }
}

/// The process was asked to end by a signal, and has tidied up.
struct EndedBySignal: Error {
  let signal: Int32
}

/// When a clipboard that was given a Token ID is cleared.
enum ClipboardClearing: Hashable, Sendable, ExpressibleByArgument {
  /// After 1 to 3,600 seconds.
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
