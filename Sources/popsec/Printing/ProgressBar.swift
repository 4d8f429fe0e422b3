import Access
import CPlatform
import Foundation
import Synchronization
import Terminal

/// The progress of a long task, on standard error where that is a terminal, and nowhere else.
///
/// The bar is drawn ten times a second, not before the first tenth of a second, and erased at the end. A task that
/// tells no count shows the seconds that it has taken, from the first second on.
final class ProgressBar: Sendable {
  private struct Count {
    let done: Int
    /// The number of all; nil where it is not known before the end.
    let total: Int?
  }

  private let label: String
  private let start = ContinuousClock.now
  private let count = Mutex<Count?>(nil)
  private let isFinished: Mutex<Bool>

  private static let interval: TimeInterval = 0.1

  init(_ label: String) {
    self.label = label
    let isShown = isatty(STDERR_FILENO) == 1
    isFinished = Mutex(!isShown)
    if isShown { Thread.detachNewThread { [weak self] in Self.follow { self } } }
  }

  /// Draws the bar until it is finished, or is gone.
  private static func follow(_ bar: () -> ProgressBar?) {
    while true {
      Thread.sleep(forTimeInterval: interval)
      guard let bar = bar(), bar.isFinished.withLock({ !$0 }) else { return }
      bar.draw()
    }
  }

  /// - Parameter total: nil where it is not known before the end.
  func tell(_ done: Int, of total: Int?) { count.withLock { $0 = Count(done: done, total: total) } }

  func finish() {
    let wasFinished = isFinished.withLock { isFinished in
      defer { isFinished = true }
      return isFinished
    }
    if !wasFinished { ProgressLine.erase() }
  }

  private func draw() {
    let columns = terminalColumns(STDERR_FILENO) - 1
    let seconds = (ContinuousClock.now - start).components.seconds
    if let count = count.withLock({ $0 }) {
      show(Self.text(label, count.done, of: count.total, columns: columns))
    } else if seconds >= 1 {
      show(fit("\(label)  \(seconds) s", columns: columns))
    }
  }

  private func show(_ text: String) { ProgressLine.draw(text) { isFinished.withLock { !$0 } } }

  /// The bar's text, as in `applying [##### ] 50 % 500 of 1,000`. On few columns only some parts are shown.
  static func text(_ label: String, _ done: Int, of total: Int?, columns: Int) -> String {
    guard let total else { return fit("\(label)  \(done.grouped)", columns: columns) }
    let share = total > 0 ? min(max(done, 0), total) * 100 / total : 0
    let percent = String(repeating: " ", count: 3 - min(3, String(share).count)) + "\(share) %"
    let counts = "\(done.grouped) of \(total.grouped)"
    let width = columns - label.count - percent.count - counts.count - 7
    guard width >= 4 else { return fit("\(label) \(percent)", columns: columns) }
    let cells = min(width, 40)
    let filled = cells * share / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: cells - filled)
    return "\(label) [\(bar)] \(percent)  \(counts)"
  }
}

/// The one line of the terminal on which progress is drawn.
enum ProgressLine {
  private struct State {
    var isDrawn = false
    var isClosed = false
  }

  private static let state = Mutex(State())

  /// Draws a text in place of the former one, where the text is still wanted.
  static func draw(_ text: String, where isWanted: () -> Bool) {
    state.withLock { state in
      guard !state.isClosed, isWanted() else { return }
      state.isDrawn = true
      StandardError.write("\r" + text + "\u{1B}[K")
    }
  }

  static func erase() { state.withLock { erase(&$0) } }

  /// Erases the line, and draws nothing any more, because the process ends.
  static func close() {
    state.withLock { state in
      erase(&state)
      state.isClosed = true
    }
  }

  private static func erase(_ state: inout State) {
    guard state.isDrawn else { return }
    state.isDrawn = false
    StandardError.write("\r\u{1B}[K")
  }
}
