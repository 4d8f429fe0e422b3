import Access
import CPlatform
import Foundation
import Terminal

/// The progress of a long task, on standard error where that is a terminal, and nowhere else.
///
/// The bar is drawn at most ten times a second, not before the first tenth of a second, and erased at the
/// end.
final class ProgressBar {
  private let label: String
  private let isShown: Bool
  private var nextDrawing: ContinuousClock.Instant
  private var isDrawn = false
  private static let interval = Duration.milliseconds(100)

  init(_ label: String) {
    self.label = label
    isShown = isatty(STDERR_FILENO) == 1
    nextDrawing = .now + Self.interval
  }

  /// - Parameter total: nil where it is not known before the end.
  func tell(_ done: Int, of total: Int?) {
    guard isShown, ContinuousClock.now >= nextDrawing else { return }
    nextDrawing = .now + Self.interval
    isDrawn = true
    StandardError.write("\r" + Self.text(label, done, of: total, columns: columns - 1) + "\u{1B}[K")
  }

  func finish() {
    guard isDrawn else { return }
    isDrawn = false
    StandardError.write("\r\u{1B}[K")
  }

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

  private var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
