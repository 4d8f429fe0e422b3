package import Administration
private import Dispatch
private import Synchronization

/// What the gate knows of the store beside its decisions, for whoever watches the gate.
package final class StoreFigures: Sendable {
  private let ending = Mutex<Int?>(nil)

  package init() {}

  /// The number of tokens that end within ``EndingTokens/days``; nil where it is not known.
  var endingTokens: Int? { ending.withLock { $0 } }

  fileprivate func set(_ count: Int?) { ending.withLock { $0 = count } }
}

/// Keeps the figures of the store up to date.
package final class FiguresKeeper {
  private static let intervalSeconds = 15

  private let timer: any DispatchSourceTimer
  private let queue = DispatchQueue(label: "popsec.figures", qos: .utility)

  /// The counter, which only the queue uses.
  private final class State: @unchecked Sendable {
    let counter: EndingTokens

    init(_ counter: EndingTokens) { self.counter = counter }
  }

  package init(_ counter: sending EndingTokens, sets figures: StoreFigures) {
    let state = State(counter)
    timer = DispatchSource.makeTimerSource(queue: queue)
    // A figure that can't be read is left out of the metrics, and the keeper of the standing reports the reason.
    timer.setEventHandler { figures.set(try? state.counter.count()) }
    timer.schedule(deadline: .now(), repeating: .seconds(Self.intervalSeconds))
    timer.resume()
  }

  package func stop() {
    timer.cancel()
    queue.sync {}
  }
}
