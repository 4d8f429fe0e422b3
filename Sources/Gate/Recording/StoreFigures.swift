package import Administration
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

  private let work: RegularWork

  /// The counter, which only the regular work uses.
  private final class State: @unchecked Sendable {
    let counter: EndingTokens

    init(_ counter: EndingTokens) { self.counter = counter }
  }

  package init(_ counter: sending EndingTokens, sets figures: StoreFigures) {
    let state = State(counter)
    work = RegularWork("popsec.figures", every: .seconds(Self.intervalSeconds)) {
      // A figure that can't be read is left out of the metrics, and the keeper of the standing reports the reason.
      figures.set(try? state.counter.count())
    }
  }

  package func stop() { work.stop() }
}
