import Access
import Administration
import Dispatch
import Foundation
import Gate

/// The gate's log on standard error, written line by line in the background. A full pipe delays only the log.
struct LogLines {
  private let queue = DispatchQueue(label: "popsec.log", qos: .utility)

  var log: GateLog {
    let (counter, queue) = (WaitingLines(), queue)
    let now: @Sendable () -> String = { Surroundings.system.now().description }
    return GateLog(now: now, lost: { StandardError.lost.count }) { line in
      guard counter.enter() else { return StandardError.lost.add(1) }
      queue.async {
        StandardError.write(line + "\n") { Self.lost($0, at: now()) + "\n" }
        counter.leave()
      }
    }
  }

  /// The line, as JSON, that tells of lines which could not be written.
  static func lost(_ count: Int, at time: String) -> String {
    #"{"level":"error","lines":"\#(count)","message":"\#(LostLines.words(count))","time":"\#(time)"}"#
  }

  /// Writes the waiting lines before the process ends, unless nobody reads them.
  func drain() {
    let written = DispatchSemaphore(value: 0)
    queue.async { written.signal() }
    _ = written.wait(timeout: .now() + 1)
  }
}
