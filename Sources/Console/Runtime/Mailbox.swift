package import Terminal
private import Synchronization

/// What other threads have for the loop.
package final class Mailbox: Sendable {
  package enum Letter: Sendable {
    /// The result of a piece of work.
    case finished(Delivery)
    /// The data may have changed by other hands.
    case refresh
    /// Other rules, since a setting may have been changed.
    case rules(ConsoleRules)
    /// Something to stand in the title bar beside the store, such as who else is here; nil for nothing.
    case company(String?)
    /// What the store tells, to stand in place of that; nil where there is nothing any more.
    case storeNews(String?)
    /// The person may no longer be here, for that reason.
    case signedOut(Problem)
  }

  private let letters = Mutex<[Letter]>([])
  private let waker: any TerminalWaker

  package init(waker: any TerminalWaker) { self.waker = waker }

  /// Leaves a letter and wakes the loop; from any thread.
  package func post(_ letter: Letter) {
    letters.withLock { $0.append(letter) }
    waker.wake()
  }

  package func takeAll() -> [Letter] {
    letters.withLock { letters in
      defer { letters = [] }
      return letters
    }
  }
}
