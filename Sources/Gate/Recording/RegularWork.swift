package import Dispatch

/// Does something again and again on a queue of its own, until it is stopped.
package final class RegularWork {
  private let timer: any DispatchSourceTimer
  private let queue: DispatchQueue

  /// - Parameters:
  ///   - label: names the queue for whoever looks at the process.
  ///   - now: whether the work is done at once. Otherwise it is done first when the time has passed once.
  package init(
    _ label: String, every interval: Duration, startsNow now: Bool = true, qos: DispatchQoS = .utility,
    _ work: @escaping @Sendable () -> Void
  ) {
    queue = DispatchQueue(label: label, qos: qos)
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler(handler: work)
    let (seconds, attoseconds) = interval.components
    let repeating = DispatchTimeInterval.microseconds(
      Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000))
    timer.schedule(deadline: now ? .now() : .now() + repeating, repeating: repeating)
    timer.activate()
  }

  /// Stops the work. Returns once what was begun has ended, and what is given here was done.
  package func stop(finally last: () -> Void = {}) {
    timer.cancel()
    queue.sync(execute: last)
  }
}
