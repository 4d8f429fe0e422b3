import Dispatch
import Foundation

/// Waits for SIGTERM or SIGINT (systemd.kill(5)). SIGHUP, by which other servers read their files again, ends nothing.
final class StopSignals {
  private let arrived = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "popsec.signals")
  private var sources: [any DispatchSourceSignal] = []
  private nonisolated(unsafe) var name = ""

  /// `heard` is called for each SIGHUP.
  init(heard: @escaping @Sendable () -> Void) {
    signal(SIGHUP, SIG_IGN)
    let hangUp = DispatchSource.makeSignalSource(signal: SIGHUP, queue: queue)
    hangUp.setEventHandler(handler: heard)
    hangUp.resume()
    sources.append(hangUp)
    for (number, name) in [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      let arrived = arrived
      source.setEventHandler { [unowned self] in
        self.name = name
        arrived.signal()
      }
      source.resume()
      sources.append(source)
    }
  }

  func wait() -> String {
    arrived.wait()
    return queue.sync { name }
  }
}
